"""Many offices answering at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.actors import SYSTEM, Actor
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.offices.models import Office
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation, InvitationDeputy, InvitationReason
from app.rakor.models.presence import EventTicket
from app.rakor.schemas.invitations import InvitationsIn, InvitedIn
from app.rakor.schemas.plans import EventIn
from app.rakor.service.events import EventService
from app.rakor.service.invitations import InvitationService
from app.web.clock import read_clock
from tests.conftest import KNOWN
from tests.rakor.conftest import BEFORE_THE_EVENT
from tests.rakor.meeting import NAGARI, PLAN, answer, told

MASTER = MasterKey(bytes(range(32)))
KEYS = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
CAPACITY = 5
INVITED = 24

Codes = dict[UUID, str]


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine, KNOWN)


@pytest.fixture
async def organiser(committing: Sessions) -> Actor:
    async with committing.begin() as session:
        office = await session.scalar(select(Office.id).where(Office.code == "bawaslu-13.03"))
    return replace(SYSTEM, office_id=office)


@pytest.fixture
async def event_id(
    committing: Sessions, organiser: Actor, owner: AsyncEngine
) -> AsyncIterator[UUID]:
    """A published event, taken away again afterwards with all that came of it."""
    async with committing.begin() as session:
        service = EventService(session, organiser, BEFORE_THE_EVENT)
        form = EventIn.model_validate(
            PLAN | {"office_id": organiser.office_id, "capacity": CAPACITY}
        )
        id = (await service.draft(form)).id
        await service.publish(id)
    yield id
    async with owner.begin() as connection:
        invited = select(Invitation.id).where(Invitation.event_id == id)
        for kind in (InvitationReason, InvitationDeputy):
            await connection.execute(delete(kind).where(kind.invitation_id.in_(invited)))
        await connection.execute(delete(EventTicket).where(EventTicket.event_id == id))
        await connection.execute(delete(Invitation).where(Invitation.event_id == id))
        await connection.execute(delete(JournalEntry).where(JournalEntry.subject_id == id))
        await connection.execute(delete(Event).where(Event.id == id))


@pytest.fixture
async def codes(committing: Sessions, organiser: Actor, event_id: UUID) -> Codes:
    async with committing.begin() as session:
        letters = InvitationService(session, organiser, BEFORE_THE_EVENT, KEYS)
        guests = [InvitedIn.model_validate(NAGARI) for _ in range(INVITED)]
        issued = await letters.invite(event_id, InvitationsIn(invited=guests, again=True))
    return {each.id: each.code for each in issued.items}


@pytest.fixture
async def crowd(whole_app: FastAPI, committing: Sessions) -> AsyncIterator[AsyncClient]:
    """Phones that do not share one transaction, as those of all other tests do."""
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    whole_app.dependency_overrides[read_clock] = lambda: BEFORE_THE_EVENT
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client
    del whole_app.dependency_overrides[read_clock]


async def accept(crowd: AsyncClient, code: str) -> str | None:
    seat: str | None = told(await answer(crowd, code, answer="coming"), 200)["seat"]
    return seat


async def decline(crowd: AsyncClient, code: str) -> None:
    told(await answer(crowd, code, answer="declined", reason="Rapat lain."), 200)


async def seats(crowd: AsyncClient, codes: Codes) -> Counter[str | None]:
    answers = [
        await crowd.post("/invitation-answers/lookup", json={"code": code})
        for code in codes.values()
    ]
    return Counter(told(each, 200)["seat"] for each in answers)


async def test_never_more_than_the_capacity_are_told_that_they_have_a_seat(
    crowd: AsyncClient, codes: Codes
) -> None:
    said = await asyncio.gather(*(accept(crowd, code) for code in codes.values()))

    assert Counter(said) == {"held": CAPACITY, "waiting": INVITED - CAPACITY}
    assert await seats(crowd, codes) == Counter(said)


async def test_seats_that_are_given_up_at_once_are_all_filled(
    crowd: AsyncClient, codes: Codes, committing: Sessions, event_id: UUID
) -> None:
    said = {id: await accept(crowd, code) for id, code in codes.items()}
    held = [id for id, seat in said.items() if seat == "held"]

    await asyncio.gather(*(decline(crowd, codes[id]) for id in held))

    assert await seats(crowd, codes) == {
        None: CAPACITY,
        "held": CAPACITY,
        "waiting": INVITED - 2 * CAPACITY,
    }
    async with committing.begin() as session:
        moved = select(JournalEntry.payload).where(
            JournalEntry.subject_id == event_id, JournalEntry.action == "invitation.moved_up"
        )
        told_of = [each["invitation"] for each in await session.scalars(moved)]
    next_ones = [str(id) for id, seat in said.items() if seat == "waiting"][:CAPACITY]
    assert sorted(told_of) == sorted(next_ones)


async def test_twenty_copies_of_one_answer_take_one_seat(crowd: AsyncClient, codes: Codes) -> None:
    code = next(iter(codes.values()))

    said = await asyncio.gather(*(accept(crowd, code) for _ in range(20)))

    assert Counter(said) == {"held": 20}
    assert (await seats(crowd, codes))["held"] == 1
