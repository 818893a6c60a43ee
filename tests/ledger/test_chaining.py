"""Every entry of the journal becomes one leaf, soon after its commit, whoever else is at work.

These tests commit: only what is committed can be chained. What they leave is removed again.
"""

import asyncio
import re
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.database import Sessions
from app.core.ids import new_id
from app.ledger.jobs import Chaining
from app.ledger.models import LedgerChain, LedgerLeaf
from app.ledger.rules.logs import LogName
from app.ledger.service.auditing import JournalAudit
from app.ledger.service.chaining import JournalChain
from app.web.clock import present
from tests.audit.test_journal import Thing


async def act(sessions: Sessions, times: int = 1) -> None:
    things = [Thing(region_id=9_000 + number) for number in range(times)]
    async with sessions.begin() as session:
        await Journal(session, SYSTEM, present()).record_each("thing.done", things)


async def chained(sessions: Sessions) -> list[UUID]:
    query = select(LedgerLeaf.subject_id).where(LedgerLeaf.log == LogName.JOURNAL)
    async with sessions.begin() as session:
        return list((await session.scalars(query.order_by(LedgerLeaf.index))).all())


async def written(sessions: Sessions) -> set[UUID]:
    async with sessions.begin() as session:
        return set((await session.scalars(select(JournalEntry.id))).all())


async def test_every_entry_is_chained_once(committed: Sessions) -> None:
    chain = Chaining(committed)

    await act(committed, 3)
    await chain()
    await chain()
    await act(committed, 2)
    await chain()

    leaves = await chained(committed)
    assert len(leaves) == 5
    assert set(leaves) == await written(committed)


async def test_a_large_transaction_is_chained_piece_by_piece(committed: Sessions) -> None:
    await act(committed, 25)

    done = []
    for _ in range(4):
        async with committed.begin() as session:
            done.append(await JournalChain(session).extend(most=10))

    assert done == [10, 10, 5, 0]
    assert set(await chained(committed)) == await written(committed)


async def test_no_entry_waits_for_a_slow_transaction_and_that_one_is_not_forgotten(
    committed: Sessions,
) -> None:
    chain = Chaining(committed)
    async with committed() as slow:
        await slow.begin()
        await Journal(slow, SYSTEM, present()).record("thing.begun", Thing())
        await act(committed)
        await chain()
        while_it_runs = len(await chained(committed))
        await act(committed)
        await chain()
        await slow.commit()

    await chain()

    assert while_it_runs == 1
    assert len(await chained(committed)) == 3
    assert set(await chained(committed)) == await written(committed)


async def test_what_a_dump_brought_along_is_chained_once(
    committed: Sessions, owner: AsyncEngine
) -> None:
    await act(committed, 2)
    await Chaining(committed)()
    await act(committed, 3)
    async with owner.begin() as connection:
        await connection.execute(update(JournalEntry).values(transaction_id=2**40))
        await connection.execute(update(LedgerChain).values(cluster=1, below=2**40))
    await act(committed)

    chain = Chaining(committed)
    await chain()
    await act(committed)
    await chain()

    assert len(await chained(committed)) == 7
    assert set(await chained(committed)) == await written(committed)


async def test_two_workers_chain_every_entry_once(committed: Sessions) -> None:
    await act(committed, 40)

    await asyncio.gather(*(Chaining(committed)() for _ in range(2)))

    leaves = await chained(committed)
    assert len(leaves) == len(set(leaves)) == 40
    async with committed.begin() as session:
        assert await session.scalar(select(func.max(LedgerLeaf.index))) == 39


async def test_a_leaf_says_nothing_of_its_entry(committed: Sessions) -> None:
    await act(committed, 2)
    await Chaining(committed)()

    async with committed.begin() as session:
        query = select(LedgerLeaf.data).where(LedgerLeaf.log == LogName.JOURNAL)
        leaves = (await session.scalars(query)).all()
    # Two entries that differ in nothing that anybody could guess but their region.
    assert len({bytes(leaf) for leaf in leaves}) == 2
    assert all(re.fullmatch(rb"netra-journal/1 [\w-]{43}", leaf) for leaf in leaves)


PAYLOADS: tuple[dict[str, str | int | bool], ...] = (
    {},
    {"bb": 1, "a": 2, "ba": -3, "é": 4, "z": 5},
    {"text": 'a "quote", a \\ and a /', "lines": "\n\r\t\b\f\x01\x1f\x7f"},
    {"far": "ñ \u2028 \U0001f5f3 \ufffd", "yes": True, "no": False, "large": 2**53},
)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("actor", [SYSTEM, Actor(ActorKind.OFFICER, new_id(), office_id=new_id())])
async def test_the_database_hashes_as_the_rules_do(
    committed: Sessions, payload: dict[str, str | int | bool], actor: Actor
) -> None:
    async with committed.begin() as session:
        await Journal(session, actor, present()).record("thing.done", Thing(), **payload)

    await Chaining(committed)()

    assert len(await chained(committed)) == 1
    assert await JournalAudit(committed).findings() == []
