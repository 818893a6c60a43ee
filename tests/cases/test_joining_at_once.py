"""Two officers join two cases at the same instant, each into the other's."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.cases.models.cases import Case, CaseReport
from app.cases.rules.states import State
from app.cases.schemas.reports import JoiningIn
from app.cases.service.reports import CaseReportService
from app.complaints.service.desk import DeskService
from app.core.actors import Actor
from app.core.database import Sessions, open_sessions
from app.registry import LISTENING
from app.web.clock import present
from tests.cases.handing import HERE
from tests.cases.test_custody_at_once import KEYS, NOBODY_WAITS_FOR_EVER, member, take_away, told
from tests.complaints.filing import file

Pair = list[tuple[UUID, UUID]]


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine, {LISTENERS: LISTENING})


@pytest.fixture
async def officers(committing: Sessions) -> list[Actor]:
    return [await member(committing, HERE, "73.04") for _ in range(2)]


@pytest.fixture
async def pair(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine, officers: list[Actor]
) -> AsyncIterator[Pair]:
    """Two cases with one report each, taken away again with all that came of them."""
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        filed = [UUID((await file(client))["id"]) for _ in range(2)]
    async with committing.begin() as session:
        for report in filed:
            await DeskService(session, officers[0], present(), KEYS).begin_review(report)
        query = select(CaseReport.case_id, CaseReport.complaint_id)
        rows = (await session.execute(query.where(CaseReport.complaint_id.in_(filed)))).all()
    yield [(case_id, report) for case_id, report in rows]
    async with owner.begin() as connection:
        merged = update(Case).where(Case.id.in_([case_id for case_id, _ in rows]))
        await connection.execute(merged.values(merged_into_id=None))
    for report in filed:
        for case_id, _ in rows:
            await take_away(owner, case_id, report)


async def join(committing: Sessions, officer: Actor, case_id: UUID, report: UUID) -> None:
    async with committing.begin() as session:
        service = CaseReportService(session, officer, present(), KEYS)
        await service.join(case_id, JoiningIn(complaint_id=report))


async def test_one_case_is_left_and_nobody_waits_for_ever(
    committing: Sessions, officers: list[Actor], pair: Pair
) -> None:
    (one, its_report), (other, other_report) = pair
    ways = [(officers[0], one, other_report), (officers[1], other, its_report)] * 3

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        said = await asyncio.gather(*(told(join(committing, *way)) for way in ways))

    async with committing.begin() as session:
        cases = (await session.scalars(select(Case).where(Case.id.in_((one, other))))).all()
        journal = await session.scalars(
            select(JournalEntry.action).where(JournalEntry.subject_id.in_((one, other)))
        )
        actions = Counter(journal)
    assert Counter(said)["done"] == 1
    assert set(said) <= {"done", "not-joinable", "illegal-step"}
    assert sorted((each.state, each.reports) for each in cases) == [
        (State.CLOSED, 0),
        (State.INITIAL_REVIEW, 2),
    ]
    assert (actions["case.join_report"], actions["case.merge"]) == (1, 1)
