"""Two officers at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.complaints.models.links import ComplaintLink
from app.complaints.models.search import ComplaintToIndex
from app.complaints.rules.links import LinkState, NotLinked
from app.complaints.schemas.links import LinkIn, LinkOut
from app.complaints.service.links import LinkService
from app.core.actors import Actor, ActorKind
from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.ids import new_id
from app.receipts.models import Receipt
from app.web.clock import present
from tests.clocks.forgetting import forget_clocks
from tests.complaints.filing import file

MASTER = MasterKey(bytes(range(32)))
KEYS = Keyring(MASTER, [MASTER.make(purpose) for purpose in KeyPurpose])
OFFICERS = [Actor(ActorKind.OFFICER, new_id(), area=area) for area in ("73.04", "73")]
NOBODY_WAITS_FOR_EVER = 20

Pair = tuple[UUID, UUID]


@pytest.fixture
def committing(engine: AsyncEngine) -> Sessions:
    return open_sessions(engine)


@pytest.fixture
async def pair(whole_app: FastAPI, committing: Sessions, owner: AsyncEngine) -> AsyncIterator[Pair]:
    """Two complaints, taken away again afterwards with all that came of them."""
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        one, other = [UUID((await file(client))["id"]) for _ in range(2)]
    yield one, other
    async with owner.begin() as connection:
        await forget_clocks(connection, (one, other))
        for column in (
            ComplaintLink.one_id,
            ComplaintToIndex.complaint_id,
            ComplaintPerson.complaint_id,
            ComplaintContent.id,
            Receipt.subject_id,
            JournalEntry.subject_id,
            Complaint.id,
        ):
            await connection.execute(delete(column.class_).where(column.in_((one, other))))


async def say(
    committing: Sessions, officer: Actor, one: UUID, other: UUID, state: LinkState
) -> LinkOut:
    async with committing.begin() as session:
        service = LinkService(session, officer, present(), KEYS)
        return await service.link(one, other, LinkIn(state=state))


async def take_back(committing: Sessions, officer: Actor, one: UUID, other: UUID) -> str:
    try:
        async with committing.begin() as session:
            await LinkService(session, officer, present(), KEYS).remove(one, other)
    except NotLinked as refusal:
        return refusal.code
    return "unlinked"


async def actions(committing: Sessions, pair: Pair) -> Counter[str]:
    query = select(JournalEntry.action).where(JournalEntry.subject_id.in_(pair))
    async with committing.begin() as session:
        return Counter((await session.scalars(query)).all())


async def standing(committing: Sessions, pair: Pair) -> list[LinkState]:
    query = select(ComplaintLink.state).where(
        ComplaintLink.one_id.in_(pair), ComplaintLink.ended_at.is_(None)
    )
    async with committing.begin() as session:
        return list((await session.scalars(query)).all())


async def test_two_officers_at_once_give_one_link(committing: Sessions, pair: Pair) -> None:
    one, other = pair
    ways = [(OFFICERS[0], one, other), (OFFICERS[1], other, one)] * 5

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        said = await asyncio.gather(*(say(committing, *each, LinkState.CONFIRMED) for each in ways))

    assert len({each.id for each in said}) == 1
    assert await standing(committing, pair) == [LinkState.CONFIRMED]
    assert (await actions(committing, pair))["complaint.linked"] == 2


async def test_of_two_contrary_words_the_later_one_stands(committing: Sessions, pair: Pair) -> None:
    one, other = pair

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        await asyncio.gather(
            say(committing, OFFICERS[0], one, other, LinkState.CONFIRMED),
            say(committing, OFFICERS[1], other, one, LinkState.REJECTED),
        )

    found = await actions(committing, pair)
    assert len(await standing(committing, pair)) == 1
    assert (found["complaint.linked"], found["complaint.link_rejected"]) == (2, 2)


async def test_a_link_is_taken_back_once(committing: Sessions, pair: Pair) -> None:
    await say(committing, OFFICERS[0], *pair, LinkState.CONFIRMED)

    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        told = await asyncio.gather(
            *(take_back(committing, OFFICERS[each % 2], *pair) for each in range(6))
        )

    assert Counter(told) == {"unlinked": 1, "not-linked": 5}
    assert await standing(committing, pair) == []
    assert (await actions(committing, pair))["complaint.unlinked"] == 2
