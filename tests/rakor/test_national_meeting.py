"""A national meeting: the 545 regions of a Pilkada invited, 1,200 people, 40 phones an hour without
network, which then bring what they saw twice, in random order, several at once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.rakor.models.presence import CheckIn
from app.rakor.schemas.clock_corrections import ClockCorrectionIn
from app.rakor.schemas.presence import AttendanceOut
from app.rakor.service.clock_corrections import ClockService
from app.rakor.service.presence import AttendanceService
from app.web.clock import read_clock
from tests.rakor.committed import KEYS, Office, office_of, take_away
from tests.rakor.doors import Phone
from tests.rakor.gathering import (
    OF_ONE_OFFICE,
    OPENING,
    REGIONS,
    WALK_INS,
    Seen,
    convene,
    meet,
    phones_of,
    tickets_of,
)
from tests.rakor.meeting import told

LINES, A_DAY = 8, timedelta(days=1)
CLOCKS = [timedelta(0)] * 30 + [A_DAY] * 5 + [-A_DAY] * 5
"""Ten of forty phones are wrong by a day, and set themselves by their bundle."""
BROKEN = 3
"""So many of the first thirty jump a day ahead after that."""
EVENING = OPENING + timedelta(hours=8)


@pytest.fixture
async def nation(engine: AsyncEngine) -> Office:
    return await office_of(engine, "bawaslu-00")


@pytest.fixture
async def event_id(nation: Office, owner: AsyncEngine) -> AsyncIterator[UUID]:
    id = await convene(nation)
    yield id
    async with owner.begin() as connection:
        await take_away(connection, id)


@pytest.fixture
async def crowd(whole_app: FastAPI, nation: Office) -> AsyncIterator[AsyncClient]:
    """Phones whose requests are transactions of their own, in the evening of the meeting."""
    whole_app.state.sessions, whole_app.state.keys = nation.sessions, KEYS
    whole_app.dependency_overrides[read_clock] = lambda: EVENING
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client
    del whole_app.dependency_overrides[read_clock]


async def test_every_check_in_counts_once_in_whatever_order_it_comes(
    nation: Office, event_id: UUID, crowd: AsyncClient
) -> None:
    chance = random.Random(2024)  # noqa: S311  an order, not a secret
    tickets = await tickets_of(nation, event_id)
    phones = await phones_of(nation, event_id, crowd, CLOCKS)
    broken = phones[:BROKEN]
    for phone in broken:
        phone.fast_by = A_DAY
    seen = meet(chance, phones, tickets)

    outcomes = await deliver_twice(chance, seen)

    # Of who has a ticket a phone says itself that the day is wrong; of walk-ins the server does.
    astray = [item["id"] for phone, item in seen.scans if phone in broken and "post" in item]
    once = len(seen.scans) - len(astray)
    assert outcomes == {"recorded": once, "repeated": once, "refused": 2 * len(astray)}
    assert astray
    await set_right(nation, event_id, broken, seen)
    assert await counted(nation, event_id) == sorted(
        item["id"] for _, item in seen.scans if item["id"] not in seen.menus
    )
    await check_presence(nation, event_id, seen)


async def deliver_twice(chance: random.Random, seen: Seen) -> Counter[str]:
    """Each scan in two batches, every batch of one phone, all of them mixed, eight at once."""
    batches: list[tuple[Phone, list[dict[str, Any]]]] = []
    by_phone: dict[str, list[dict[str, Any]]] = {}
    phones = {phone.id: phone for phone, _ in seen.scans}
    for phone, item in seen.scans:
        by_phone.setdefault(phone.id, []).append(item)
    for _ in range(2):
        for id, items in by_phone.items():
            chance.shuffle(items)
            size = chance.randrange(10, 60)
            batches += [(phones[id], items[i : i + size]) for i in range(0, len(items), size)]
    chance.shuffle(batches)
    found: Counter[str] = Counter()

    async def line() -> None:
        while batches:
            phone, items = batches.pop()
            answer = told(await phone.deliver(*items), 200)
            found.update(each["outcome"] for each in answer["items"])

    await asyncio.gather(*[line() for _ in range(LINES)])
    return found


async def set_right(nation: Office, event_id: UUID, broken: list[Phone], seen: Seen) -> None:
    """Somebody looks at the three phones, and says by how much they were wrong; once again."""
    for phone in broken:
        theirs = [item for each, item in seen.scans if each is phone]
        counts = [item for item in theirs if item["id"] not in seen.menus]
        for corrected in (len(counts), 0):
            async with nation.sessions.begin() as session:
                clock = ClockService(session, nation.actor, EVENING, KEYS)
                form = ClockCorrectionIn(fast_by_seconds=int(A_DAY.total_seconds()))
                told_of = await clock.correct(event_id, UUID(phone.id), form)
            assert (told_of.corrected, told_of.left) == (corrected, 0)


async def counted(nation: Office, event_id: UUID) -> list[str]:
    async with nation.sessions.begin() as session:
        here = (CheckIn.region_id.is_not(None), CheckIn.event_id == event_id)
        return sorted(str(id) for id in await session.scalars(select(CheckIn.id).where(*here)))


async def check_presence(nation: Office, event_id: UUID, seen: Seen) -> None:
    async with nation.sessions.begin() as session:
        service = AttendanceService(session, nation.actor, EVENING, KEYS)
        attendance = await service.attendance(event_id)
        quorum = await service.quorum(event_id, None)
    items = {str(each.invitation_id): each for each in attendance.items}
    assert {id: each.presence for id, each in items.items()} == seen.presence
    assert {id for id, each in items.items() if each.left_early} == seen.left_early
    found = {id: each.duplicates for id, each in items.items() if each.duplicates}
    assert found == dict(seen.duplicates)
    check_walk_ins(attendance)
    assert [each.invited for each in quorum.items] == [REGIONS, REGIONS]
    came = sum(each in ("present", "represented") for each in seen.presence.values())
    assert sum(each.came for each in quorum.items) == came
    assert quorum.is_reached


def check_walk_ins(attendance: AttendanceOut) -> None:
    assert [each.people for each in attendance.walk_ins] == [OF_ONE_OFFICE] * (
        WALK_INS // OF_ONE_OFFICE
    )
