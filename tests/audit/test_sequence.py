"""Numbers are gapless in each region, and none can appear below one already given.

These tests commit: only what is committed can be numbered. What they leave is removed again.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.jobs import Numbering
from app.audit.models import JournalCounter, JournalEntry, JournalSequence
from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.database import Sessions, open_sessions
from app.web.clock import present
from tests.audit.test_journal import Thing

HERE, THERE = 9_001, 9_002


@pytest.fixture
async def committed(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[Sessions]:
    """Over a journal that is empty, whatever others have committed before."""
    await forget_journal(owner)
    yield open_sessions(engine)
    await forget_journal(owner)


async def forget_journal(owner: AsyncEngine) -> None:
    async with owner.begin() as connection:
        for table in (JournalSequence, JournalEntry, JournalCounter):
            await connection.execute(delete(table))


async def act(sessions: Sessions, region_id: int, times: int = 1) -> None:
    for _ in range(times):
        async with sessions.begin() as session:
            thing = Thing(region_id=region_id)
            await Journal(session, SYSTEM, present()).record("thing.done", thing)


async def numbers(sessions: Sessions, region_id: int) -> Sequence[int]:
    query = select(JournalSequence.sequence).where(JournalSequence.region_id == region_id)
    async with sessions.begin() as session:
        return (await session.scalars(query.order_by(JournalSequence.sequence))).all()


async def test_each_region_is_numbered_without_gaps(committed: Sessions) -> None:
    await act(committed, HERE, 3)
    await act(committed, THERE, 2)

    number = Numbering(committed)
    first = await number()
    await act(committed, HERE, 2)
    second = await number()
    third = await number()

    assert (first, second, third) == (5, 2, 0)
    assert await numbers(committed, HERE) == [1, 2, 3, 4, 5]
    assert await numbers(committed, THERE) == [1, 2]


async def test_an_entry_waits_for_older_transactions_still_running(committed: Sessions) -> None:
    async with committed() as slow:
        await slow.begin()
        await Journal(slow, SYSTEM, present()).record("thing.begun", Thing(region_id=HERE))
        await slow.flush()
        await act(committed, HERE)

        number = Numbering(committed)
        while_it_runs = await number()
        await slow.commit()

    assert while_it_runs == 0
    assert await number() == 2
    assert await numbers(committed, HERE) == [1, 2]


async def test_entries_of_a_restored_dump_are_numbered_as_well(
    committed: Sessions, owner: AsyncEngine
) -> None:
    await act(committed, HERE, 2)
    from_elsewhere = update(JournalEntry).values(transaction_id=2**40)
    async with owner.begin() as connection:
        await connection.execute(from_elsewhere)
    await act(committed, HERE)

    await Numbering(committed)()

    assert await numbers(committed, HERE) == [1, 2, 3]


async def test_two_workers_give_every_number_once(committed: Sessions) -> None:
    await act(committed, HERE, 20)
    await act(committed, THERE, 20)

    done = await asyncio.gather(Numbering(committed)(), Numbering(committed)())

    assert sum(done) == 40
    assert await numbers(committed, HERE) == list(range(1, 21))
    assert await numbers(committed, THERE) == list(range(1, 21))
