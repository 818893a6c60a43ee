"""What is written together is one statement, or none."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.core.arrays import insert_each, together
from app.core.database import Sessions
from app.core.ids import new_id
from app.ledger.models import LedgerLeaf, LedgerTile
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter

LOG = LogName.DECLARATIONS


@pytest.fixture
def statements(connection: AsyncConnection) -> Iterator[list[str]]:
    """What is sent to the database, word for word."""
    sent: list[str] = []

    def note(*said: object) -> None:
        sent.append(str(said[2]))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection.sync_connection, "before_cursor_execute", note)


async def add_a_tile(session: AsyncSession) -> None:
    names = ("log", "level", "index", "hashes")
    await insert_each(session, LedgerTile, names, [(LOG, 7, 7, b"rekaan")])


async def leaves(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(LedgerLeaf)) or 0


async def test_it_goes_as_one_statement(sessions: Sessions, statements: list[str]) -> None:
    async with sessions.begin() as session:
        log = LogWriter(session, LOG)
        index, before = await log.hold(), await leaves(session)
        statements.clear()
        async with together(session):
            await log.append(index, [Leaf(b"rekaan", 7, new_id()), Leaf(b"contoh", 7, new_id())])
            await add_a_tile(session)
            assert statements == []
        assert len(statements) == 1
        assert await leaves(session) == before + 2
        assert await log.hold() == index + 2


async def test_what_fails_within_writes_nothing(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        log = LogWriter(session, LOG)
        index, before = await log.hold(), await leaves(session)
        with pytest.raises(RuntimeError):
            await write_and_fail(session, log, index)
        assert await leaves(session) == before
        await log.append(index, [Leaf(b"rekaan", 7, new_id())])
        assert await leaves(session) == before + 1


async def write_and_fail(session: AsyncSession, log: LogWriter, index: int) -> None:
    async with together(session):
        await log.append(index, [Leaf(b"rekaan", 7, new_id())])
        raise RuntimeError


async def test_nothing_is_sent_for_nothing(sessions: Sessions, statements: list[str]) -> None:
    async with sessions.begin() as session:
        await session.connection()
        statements.clear()
        async with together(session):
            await insert_each(session, LedgerTile, ("log",), [])
        assert statements == []


@pytest.mark.parametrize("number", [2, 40])
async def test_what_all_rows_have_alike_goes_once(
    sessions: Sessions, statements: list[str], number: int
) -> None:
    """And is written in every row, as what tells them apart is."""
    names = ("log", "level", "index", "hashes")
    rows = [(LOG, 7, n, bytes([n % 2])) for n in range(number)]
    async with sessions.begin() as session:
        await session.connection()
        statements.clear()
        await insert_each(session, LedgerTile, names, rows)
        (sent,) = statements
        written = await session.execute(
            select(LedgerTile.log, LedgerTile.level, LedgerTile.index, LedgerTile.hashes)
            .where(LedgerTile.level == 7)
            .order_by(LedgerTile.index)
        )

    assert [tuple(each) for each in written] == rows
    assert sent.count("[]") == (2 if number == 40 else 4)
