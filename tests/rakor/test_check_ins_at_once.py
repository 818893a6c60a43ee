"""Doors and desks at the same instant, over connections that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.actors import PUBLIC
from app.core.ids import new_id
from app.rakor.repository.events import EventRepository
from app.rakor.rules.attendance import Answer
from app.rakor.rules.scans import NoSeat
from app.rakor.schemas.answers import AnswerIn, InvitationLookupIn
from app.rakor.schemas.check_ins import CheckInBatchIn
from app.rakor.service.answers import AnswerService
from app.rakor.service.check_ins import CheckInService
from app.rakor.service.events import Organiser
from app.rakor.service.judging import Verdict
from app.rakor.service.tickets import TicketService
from tests.rakor.committed import KEYS, Office, office_of, take_away
from tests.rakor.meeting import FIRST_DAY, NAGARI, PLAN, WALK_IN

AT_ONCE, SCANS = 8, 20
NOW = FIRST_DAY + timedelta(hours=1)


@pytest.fixture
async def office(engine: AsyncEngine) -> Office:
    return await office_of(engine, "bawaslu-13.03")


@pytest.fixture
async def event_id(office: Office, owner: AsyncEngine) -> AsyncIterator[UUID]:
    id = await office.announce(PLAN)
    yield id
    async with owner.begin() as connection:
        await take_away(connection, id)


def batch(scans: int) -> CheckInBatchIn:
    items = [WALK_IN | {"id": str(new_id())} for _ in range(scans)]
    return CheckInBatchIn.model_validate({"items": items})


async def deliver(office: Office, event_id: UUID, brought: CheckInBatchIn) -> Counter[str]:
    async with office.sessions.begin() as session:
        service = CheckInService(session, office.actor, NOW, KEYS)
        answers = await service.deliver(event_id, brought)
        return Counter(each.outcome for _, each in answers if isinstance(each, Verdict))


async def test_the_same_scans_at_the_same_instant_are_recorded_once(
    office: Office, event_id: UUID
) -> None:
    brought = batch(SCANS)

    told = await asyncio.gather(*[deliver(office, event_id, brought) for _ in range(AT_ONCE)])

    assert sum(told, Counter[str]()) == {"recorded": SCANS, "repeated": SCANS * (AT_ONCE - 1)}


async def test_doors_do_not_wait_for_the_desk(office: Office, event_id: UUID) -> None:
    async with office.sessions.begin() as session:
        await Organiser(EventRepository(session, office.actor), office.actor).take(event_id)

        async with asyncio.timeout(5):
            told = await deliver(office, event_id, batch(1))

    assert told == {"recorded": 1}


async def answer(session: AsyncSession, code: str, said: Answer) -> None:
    reason = "Rapat lain." if said is Answer.DECLINED else None
    form = AnswerIn(code=code, answer=said, reason=reason)
    await AnswerService(session, PUBLIC, NOW, KEYS).answer(form)


async def fetch(office: Office, code: str) -> bool:
    """Ask for the ticket; whether there was one."""
    try:
        async with office.sessions.begin() as session:
            await TicketService(session, PUBLIC, NOW, KEYS).read(InvitationLookupIn(code=code))
    except NoSeat:
        return False
    return True


async def test_who_declines_while_asking_for_the_ticket_has_none(
    office: Office, event_id: UUID
) -> None:
    [invitation] = await office.invite(event_id, NAGARI)
    async with office.sessions.begin() as session:
        await answer(session, invitation.code, Answer.COMING)

    async with office.sessions.begin() as session:
        await answer(session, invitation.code, Answer.DECLINED)
        asked = asyncio.create_task(fetch(office, invitation.code))
        await asyncio.wait([asked], timeout=1)

    assert not await asked
    assert await office.valid_tickets(event_id) == 0
