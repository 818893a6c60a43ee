"""Two offices at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.cases.models.cases import Case, CasePerson, CaseReport, RequirementCheck
from app.cases.models.conflicts import Conflict
from app.cases.models.custody import Custody, TransferOffer
from app.cases.schemas.conflicts import ConflictIn
from app.cases.schemas.custody import TakeOverIn, TransferIn
from app.cases.service.conflicts import ConflictService
from app.cases.service.holding import HoldingService
from app.cases.service.transfers import TransferService
from app.complaints.models.complaints import (
    Complaint,
    ComplaintContent,
    ComplaintPerson,
    Matter,
    StatusLine,
)
from app.complaints.models.contact import Supplement
from app.complaints.models.search import ComplaintToIndex
from app.complaints.service.desk import DeskService
from app.core.actors import PERMISSIONS, Actor, ActorKind, Role
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.models import Grant, Wall
from app.receipts.models import Receipt
from app.registry import LISTENING
from app.web.clock import present
from tests.cases.handing import ABOVE, HERE, LETTER
from tests.clocks.forgetting import forget_clocks
from tests.complaints.filing import file
from tests.people import office_id

MASTER = MasterKey(bytes(range(32)))
KEYS = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
NOBODY_WAITS_FOR_EVER = 20
HEAD = "bawaslu-00"


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine, {LISTENERS: LISTENING})


@pytest.fixture
async def case(whole_app: FastAPI, committing: Sessions, owner: AsyncEngine) -> AsyncIterator[Case]:
    """A case of one report, taken away again afterwards with all that came of it."""
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        report = UUID((await file(client))["id"])
    desk = await member(committing, HERE, "73.04")
    async with committing.begin() as session:
        await DeskService(session, desk, present(), KEYS).begin_review(report)
        [opened] = (await session.scalars(select(Case).join(CaseReport))).all()
    yield opened
    await take_away(owner, opened.id, report)


async def take_away(owner: AsyncEngine, case: UUID, *reports: UUID) -> None:
    """Take a case and reports away with all that came of them, also in other cases."""
    async with owner.begin() as connection:
        theirs = select(CaseReport.case_id).where(CaseReport.complaint_id.in_(reports))
        cases = {case, *(await connection.scalars(theirs))}
        offers = select(TransferOffer.id).where(TransferOffer.case_id.in_(cases))
        subjects = [*cases, *reports, *(await connection.scalars(offers))]
        await forget_clocks(connection, subjects)
        alone = update(Complaint).where(Complaint.matter_id.in_(subjects)).values(matter_id=None)
        await connection.execute(alone)
        merged = update(Case).where(Case.merged_into_id.in_(cases)).values(merged_into_id=None)
        await connection.execute(merged)
        for column in (
            Custody.case_id,
            RequirementCheck.case_id,
            TransferOffer.case_id,
            Conflict.case_id,
            CasePerson.case_id,
            CaseReport.case_id,
            Grant.subject_id,
            Wall.subject_id,
            Case.id,
            StatusLine.complaint_id,
            Supplement.complaint_id,
            ComplaintToIndex.complaint_id,
            ComplaintPerson.complaint_id,
            ComplaintContent.id,
            Receipt.subject_id,
            JournalEntry.subject_id,
            Complaint.id,
            Matter.id,
        ):
            await connection.execute(delete(column.class_).where(column.in_(subjects)))


async def member(committing: Sessions, office: str, area: str) -> Actor:
    id = await office_id(committing, office)
    return Actor(ActorKind.OFFICER, new_id(), PERMISSIONS[Role.MEMBER], area, id)


async def told(act: Awaitable[object]) -> str:
    """What became of it: done, or the code of the refusal."""
    try:
        await act
    except DomainError as refusal:
        return refusal.code
    return "done"


async def take_over(committing: Sessions, case: Case, officer: Actor) -> None:
    form = TakeOverIn(letter_number=LETTER, reason="Rekaan.")
    async with committing.begin() as session:
        await HoldingService(session, officer, present(), KEYS).take_over(case.id, form)


async def offered(committing: Sessions, case: Case, officer: Actor, to: UUID) -> UUID:
    form = TransferIn(to_office_id=to, letter_number=LETTER, reason="Rekaan.")
    async with committing.begin() as session:
        return (await TransferService(session, officer, present(), KEYS).offer(case.id, form)).id


async def accept(committing: Sessions, offer: UUID, officer: Actor) -> None:
    async with committing.begin() as session:
        await TransferService(session, officer, present(), KEYS).accept(offer)


async def retract(committing: Sessions, offer: UUID, officer: Actor) -> None:
    async with committing.begin() as session:
        await TransferService(session, officer, present(), KEYS).retract(offer)


async def holders(committing: Sessions, case: Case) -> list[UUID]:
    query = select(Custody.office_id).where(Custody.case_id == case.id)
    async with committing.begin() as session:
        return list(await session.scalars(query.order_by(Custody.since)))


async def acts(committing: Sessions, case: Case) -> Counter[str]:
    query = select(JournalEntry.action).where(JournalEntry.subject_id == case.id)
    async with committing.begin() as session:
        return Counter(await session.scalars(query))


async def test_of_two_offices_above_one_takes_it_or_the_highest_from_the_other(
    committing: Sessions, case: Case
) -> None:
    above = await member(committing, ABOVE, "73")
    highest = await member(committing, HEAD, "")

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(
            *(told(take_over(committing, case, each)) for each in (above, highest))
        )

    done = Counter(answers)["done"]
    chain = await holders(committing, case)
    assert len(chain) == 1 + done
    assert (await acts(committing, case))["case.take_over"] == done
    # Who asks when the other has it already sees that; the highest may take it all the same.
    assert done == 1 or chain[-1] == highest.office_id


async def test_of_answer_retraction_and_takeover_one_wins(committing: Sessions, case: Case) -> None:
    here, above = await member(committing, HERE, "73.04"), await member(committing, ABOVE, "73")
    highest = await member(committing, HEAD, "")
    assert above.office_id is not None
    offer = await offered(committing, case, here, above.office_id)

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(
            told(accept(committing, offer, above)),
            told(accept(committing, offer, above)),
            told(retract(committing, offer, here)),
            told(take_over(committing, case, highest)),
        )

    found = await acts(committing, case)
    done = found["case.accept_transfer"] + found["case.take_over"]
    assert len(await holders(committing, case)) == 1 + done
    assert Counter(answers)["done"] == done + found["case.retract_transfer"]
    assert found["case.accept_transfer"] + found["case.retract_transfer"] <= 1


async def test_an_offer_is_made_once(committing: Sessions, case: Case) -> None:
    here, above = await member(committing, HERE, "73.04"), await member(committing, ABOVE, "73")
    assert above.office_id is not None

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(
            *(told(offered(committing, case, here, above.office_id)) for _ in range(5))
        )

    assert Counter(answers) == {"done": 1, "illegal-step": 4}


async def test_a_conflict_is_declared_once(committing: Sessions, case: Case) -> None:
    here = await member(committing, HERE, "73.04")

    async def declare() -> None:
        async with committing.begin() as session:
            await ConflictService(session, here, present(), KEYS).declare(case.id, ConflictIn())

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        answers = await asyncio.gather(*(told(declare()) for _ in range(5)))

    # Who comes later sees no case any more, or is told that it was said.
    assert Counter(answers)["done"] == 1
    assert set(answers) <= {"done", "already-walled", "not-found"}
