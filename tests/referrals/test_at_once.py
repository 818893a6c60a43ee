"""Two at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.cases.files.handling import SealedPlenary, seal
from app.cases.models.cases import Case, CasePerson
from app.cases.models.conflicts import CaseBelonging
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.rules.decisions import Category, Result, SubjectGroup
from app.cases.rules.states import State
from app.core.actors import Actor
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Grant
from app.referrals.models.following import FollowUp, ReferralPerson
from app.referrals.models.referrals import Referral
from app.referrals.rules.states import FollowUpStatus
from app.referrals.schemas.referrals import ReferralIn
from app.referrals.schemas.steps import AcknowledgementIn, FollowUpIn, ReturnIn
from app.referrals.service.answering import AnsweringService
from app.referrals.service.following import FollowingService
from app.referrals.service.forwarding import ForwardingService
from app.web.clock import present
from tests.cases import test_custody_at_once as custody
from tests.cases.advancing import today
from tests.cases.handing import HERE
from tests.cases.test_custody_at_once import KEYS, NOBODY_WAITS_FOR_EVER, acts, member, told
from tests.clocks.forgetting import forget_clocks

committing = custody.committing
opened = custody.case


@pytest.fixture
async def decided(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine, opened: Case
) -> AsyncIterator[Case]:
    """A case in which a violation of another law was found, taken away again afterwards."""
    async with committing.begin() as session:
        case = await session.get_one(Case, opened.id)
        case.state = State.VIOLATION
        [person] = await session.scalars(select(CasePerson).where(CasePerson.case_id == case.id))
        person.subject_group = SubjectGroup.PNS
        plenary = _plenary(case)
        session.add(plenary)
        await session.flush()
        session.add(
            DecidedCategory(
                plenary_id=plenary.id,
                category=Category.OTHER_LAW,
                case_id=case.id,
                violation_kinds=[],
                person_ids=[str(person.id)],
            )
        )
    yield case
    await _forget(owner, case.id)


def _plenary(case: Case) -> Plenary:
    return Plenary(
        id=(id := new_id()),
        case_id=case.id,
        office_id=case.office_id,
        held_on=date.fromisoformat(today()),
        minutes_number="017/BA-PLENO/XI/2024",
        members=5,
        present=5,
        dissenting=0,
        result=Result.VIOLATION,
        recorded_at=present(),
        officer_id=None,
        sealed=seal(SealedPlenary(present=[], reasoning="Rekaan."), id, KEYS),
    )


async def _forget(owner: AsyncEngine, case_id: UUID) -> None:
    async with owner.begin() as connection:
        ids = list(await connection.scalars(select(Referral.id).where(Referral.case_id == case_id)))
        await forget_clocks(connection, ids)
        for column in (
            FollowUp.referral_id,
            ReferralPerson.referral_id,
            Grant.subject_id,
            JournalEntry.subject_id,
            CaseBelonging.id,
            Referral.id,
        ):
            await connection.execute(delete(column.class_).where(column.in_(ids)))
        for column in (DecidedCategory.case_id, Plenary.case_id):
            await connection.execute(delete(column.class_).where(column == case_id))


def letter() -> ReferralIn:
    return ReferralIn(
        category=Category.OTHER_LAW,
        authority="bkn",
        letter_number="112/PP/XI/2024",
        letter_on=date.fromisoformat(today()),
    )


async def forward(committing: Sessions, case: Case, who: Actor) -> UUID:
    async with committing.begin() as session:
        service = ForwardingService(session, who, present(), KEYS)
        return (await service.forward(case.id, letter())).id


async def acknowledge(committing: Sessions, referral: UUID, who: Actor) -> None:
    async with committing.begin() as session:
        form = AcknowledgementIn()
        await AnsweringService(session, who, present(), KEYS).acknowledge(referral, form)


async def give_back(committing: Sessions, referral: UUID, who: Actor) -> None:
    async with committing.begin() as session:
        form = ReturnIn(reason="Rekaan.")
        await AnsweringService(session, who, present(), KEYS).give_back(referral, form)


async def follow_up(committing: Sessions, referral: UUID, who: Actor) -> None:
    async with committing.begin() as session:
        query = select(ReferralPerson.person_id).where(ReferralPerson.referral_id == referral)
        [person] = await session.scalars(query)
        form = FollowUpIn(person_id=person, status=FollowUpStatus.LEFT_SERVICE)
        await FollowingService(session, who, present(), KEYS).follow_up(referral, form)


async def test_a_matter_is_forwarded_once(committing: Sessions, decided: Case) -> None:
    here = await member(committing, HERE, "73.04")

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(
            *(told(forward(committing, decided, here)) for _ in range(4))
        )

    assert Counter(answers) == {"done": 1, "already-forwarded": 3}
    assert (await acts(committing, decided))["case.forward"] == 1


async def test_of_acknowledgement_and_return_state_and_journal_agree(
    committing: Sessions, decided: Case
) -> None:
    here = await member(committing, HERE, "73.04")
    referral = await forward(committing, decided, here)

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(
            told(acknowledge(committing, referral, here)),
            told(acknowledge(committing, referral, here)),
            told(give_back(committing, referral, here)),
            told(follow_up(committing, referral, here)),
        )

    async with committing.begin() as session:
        stands = await session.get_one(Referral, referral)
        case = await session.get_one(Case, decided.id)
        query = select(JournalEntry.action).where(JournalEntry.subject_id == referral)
        found = Counter(await session.scalars(query))
    assert found.total() == Counter(answers)["done"] + 1
    assert stands.version == found.total()
    assert found["referral.acknowledge"] <= 1
    assert case.state.value == (
        "forwarded" if stands.state.value == "acknowledged" else stands.state.value
    )
