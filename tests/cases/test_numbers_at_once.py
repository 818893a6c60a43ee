"""Fifty officers register at the same instant, over connections that really commit."""

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.cases.models.cases import Case, CasePerson, CaseReport, RequirementCheck
from app.cases.models.custody import Custody
from app.cases.models.registration import Registration, RegistrationCounter
from app.cases.rules.numbers import ElectionType
from app.cases.rules.requirements import Requirement
from app.cases.schemas.registration import RegistrationIn
from app.cases.service.registration import RegistrationService
from app.complaints.models.complaints import (
    Complaint,
    ComplaintContent,
    ComplaintPerson,
    StatusLine,
)
from app.complaints.models.search import ComplaintToIndex
from app.complaints.service.desk import DeskService
from app.core.actors import PERMISSIONS, Actor, ActorKind, Role
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.errors import DomainError
from app.core.ids import new_id
from app.offices.models import Office
from app.receipts.models import Receipt
from app.registry import LISTENING
from app.web.clock import present
from tests.clocks.forgetting import forget_clocks
from tests.complaints.filing import file

MASTER = MasterKey(bytes(range(32)))
KEYS = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
OFFICE, REGION = "bawaslu-73.05", "73.05"
MANY = 50
NOBODY_WAITS_FOR_EVER = 60
AS_REGENT = RegistrationIn(election_type=ElectionType.REGENT)


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine, {LISTENERS: LISTENING})


@pytest.fixture
async def officer(committing: Sessions, owner: AsyncEngine) -> AsyncIterator[Actor]:
    """A handler of an office that has its code while the test lasts."""
    this = update(Office).where(Office.code == OFFICE)
    async with owner.begin() as connection:
        await connection.execute(this.values(own_code="27.77"))
    async with committing.begin() as session:
        office_id = (await session.scalars(select(Office.id).where(Office.code == OFFICE))).one()
    permissions = PERMISSIONS[Role.HANDLER]
    yield Actor(ActorKind.OFFICER, new_id(), permissions, REGION, office_id)
    async with owner.begin() as connection:
        await connection.execute(this.values(own_code=None))
        counted = RegistrationCounter.office_id == office_id
        await connection.execute(delete(RegistrationCounter).where(counted))


@pytest.fixture
async def cases(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine, officer: Actor
) -> AsyncIterator[list[UUID]]:
    """Cases with everything checked, taken away again with all that came of them."""
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        filed = [
            UUID((await file(client, event={"region_code": REGION}))["id"]) for _ in range(MANY)
        ]
    async with committing.begin() as session:
        desk = DeskService(session, officer, present(), KEYS)
        for complaint_id in filed:
            await desk.begin_review(complaint_id)
        query = select(CaseReport.case_id).where(CaseReport.complaint_id.in_(filed))
        opened = list(await session.scalars(query))
        session.add_all(_check(case_id, each) for case_id in opened for each in Requirement)
    yield opened
    await _take_away(owner, filed, opened)


def _check(case_id: UUID, requirement: Requirement) -> RequirementCheck:
    return RequirementCheck(
        case_id=case_id,
        requirement=requirement,
        is_met=True,
        checked_at=present(),
        officer_id=None,
    )


async def _take_away(owner: AsyncEngine, filed: list[UUID], opened: list[UUID]) -> None:
    ids = [*filed, *opened]
    async with owner.begin() as connection:
        await forget_clocks(connection, ids)
        for column in (
            RequirementCheck.case_id,
            Registration.id,
            Custody.case_id,
            CasePerson.case_id,
            CaseReport.case_id,
            Case.id,
            ComplaintToIndex.complaint_id,
            StatusLine.complaint_id,
            ComplaintPerson.complaint_id,
            ComplaintContent.id,
            Receipt.subject_id,
            JournalEntry.subject_id,
            Complaint.id,
        ):
            await connection.execute(delete(column.class_).where(column.in_(ids)))


async def register(committing: Sessions, officer: Actor, case_id: UUID) -> str | None:
    try:
        async with committing.begin() as session:
            service = RegistrationService(session, officer, present(), KEYS)
            return (await service.register(case_id, AS_REGENT)).number
    except DomainError as refusal:
        return refusal.code


class ChangedHisMind(Exception):
    """What ends a unit of work after its number was given."""


async def register_and_fail(committing: Sessions, officer: Actor, case_id: UUID) -> None:
    try:
        async with committing.begin() as session:
            service = RegistrationService(session, officer, present(), KEYS)
            await service.register(case_id, AS_REGENT)
            raise ChangedHisMind
    except ChangedHisMind:
        return


def sequences(numbers: list[str | None]) -> list[int]:
    return sorted(int(each.split("/")[0]) for each in numbers if each and re.match("[0-9]", each))


async def test_fifty_at_once_get_the_numbers_one_to_fifty(
    committing: Sessions, officer: Actor, cases: list[UUID]
) -> None:
    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        given = await asyncio.gather(*(register(committing, officer, each) for each in cases))

    assert sequences(list(given)) == list(range(1, MANY + 1))


async def test_what_is_undone_or_refused_in_between_leaves_no_gap(
    committing: Sessions, officer: Actor, cases: list[UUID]
) -> None:
    undone, twice = cases[:10], cases[10:]

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        _, given = await asyncio.gather(
            asyncio.gather(*(register_and_fail(committing, officer, each) for each in undone)),
            asyncio.gather(*(register(committing, officer, each) for each in [*twice, *twice])),
        )

    assert sequences(given) == list(range(1, len(twice) + 1))
    assert given.count("illegal-step") == len(twice)
    async with committing.begin() as session:
        entries = await session.scalars(
            select(JournalEntry.subject_id).where(JournalEntry.action == "case.register")
        )
        assert sorted(set(twice)) == sorted(each for each in entries if each in cases)
