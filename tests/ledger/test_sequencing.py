"""An index is given with the commit: none is given twice, and none is left out.

These tests commit; what they leave is removed again.
"""

import asyncio

import pytest
from sqlalchemy import select

from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.keys import open_keyring
from app.ledger.jobs import Publishing
from app.ledger.models import LedgerCheckpoint, LedgerKey, LedgerLeaf
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.ledger.adding import add

LOG = LogName.DECLARATIONS


async def indexes(sessions: Sessions) -> list[int]:
    query = select(LedgerLeaf.index).where(LedgerLeaf.log == LOG).order_by(LedgerLeaf.index)
    async with sessions.begin() as session:
        return list((await session.scalars(query)).all())


async def add_and_fail(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        writer = LogWriter(session, LOG)
        await writer.append(await writer.hold(), [Leaf(b"rekaan", 7, new_id())])
        raise Conflict


async def test_what_is_undone_leaves_no_gap(committed: Sessions) -> None:
    await add(committed, 2)

    with pytest.raises(Conflict):
        await add_and_fail(committed)
    await add(committed, 2)

    assert await indexes(committed) == [0, 1, 2, 3]


async def test_a_connection_that_dies_leaves_no_gap(committed: Sessions) -> None:
    await add(committed, 2)
    session = committed()
    await session.begin()
    writer = LogWriter(session, LOG)
    await writer.append(await writer.hold(), [Leaf(b"rekaan", 7, new_id())])

    connection = await session.connection()
    await connection.invalidate()
    await session.close()
    await add(committed, 2)

    assert await indexes(committed) == [0, 1, 2, 3]


async def test_writers_at_once_never_share_an_index(committed: Sessions) -> None:
    await asyncio.gather(*(add(committed, 7) for _ in range(12)))

    assert await indexes(committed) == list(range(84))


async def test_publishers_at_once_sign_every_leaf_once_under_one_key(
    committed: Sessions,
) -> None:
    keys: Keyring = await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))
    publish = Publishing(committed, keys, present, LOG)

    await asyncio.gather(*(add(committed, 5) for _ in range(6)), *(publish() for _ in range(6)))
    await publish()

    async with committed.begin() as session:
        sizes = (await session.scalars(select(LedgerCheckpoint.size))).all()
        made = (await session.scalars(select(LedgerKey).where(LedgerKey.log == LOG))).all()
    assert max(sizes) == 30
    assert len(made) == 1
