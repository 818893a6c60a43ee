"""A key ends while others publish: no checkpoint stands under it that is younger than its end.

These tests commit; what they leave is removed again.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.keys import open_keyring
from app.ledger.jobs import Publishing
from app.ledger.models import LedgerCheckpoint, LedgerKey
from app.ledger.rules.checkpoints import open_checkpoint
from app.ledger.rules.logs import LogName
from app.ledger.rules.notes import NoteVerifier
from app.ledger.service.publishing import LogPublisher
from app.ledger.service.rotating import KeyRotation
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.ledger.adding import add
from tests.ledger.publishing import publish_some
from tests.ledger.rotating import rotate

LOG = LogName.DECLARATIONS


@pytest.fixture
async def keyring(committed: Sessions) -> Keyring:
    return await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))


async def somebody_waits(session: AsyncSession) -> None:
    """Return once another connection waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(3_000):
        if await session.scalar(waiting):
            return
        await asyncio.sleep(0.01)
    pytest.fail("Nobody waits.")


async def signed(sessions: Sessions) -> Sequence[tuple[LedgerCheckpoint, LedgerKey]]:
    """Every checkpoint of the log with its key; each is seen to stand under it."""
    query = (
        select(LedgerCheckpoint, LedgerKey)
        .join(LedgerKey, LedgerKey.id == LedgerCheckpoint.signer_id)
        .where(LedgerCheckpoint.log == LOG)
        .order_by(LedgerCheckpoint.size)
    )
    async with sessions.begin() as session:
        found = [(one, key) for one, key in await session.execute(query)]
    for one, key in found:
        open_checkpoint(one.note, NoteVerifier.parse(key.verifier_key))
    return found


def is_within(checkpoint: LedgerCheckpoint, key: LedgerKey) -> bool:
    return key.since <= checkpoint.at and (key.until is None or checkpoint.at <= key.until)


async def test_who_is_publishing_finishes_before_the_key_ends(
    committed: Sessions, keyring: Keyring
) -> None:
    await add(committed, 1)
    await publish_some(committed, keyring, LOG)
    await add(committed, 1)
    async with committed.begin() as publishing:
        await LogPublisher(publishing, keyring, present()).publish(LOG)
        rotation = asyncio.create_task(rotate(committed, keyring))
        await somebody_waits(publishing)
        published_at = present()

    made = await rotation

    _, (checkpoint, key) = await signed(committed)
    assert key.id != made.id
    assert key.until is not None
    assert key.until >= published_at
    assert is_within(checkpoint, key)


async def test_who_comes_to_publish_meanwhile_signs_with_the_new_key(
    committed: Sessions, keyring: Keyring
) -> None:
    async def publish(now: datetime) -> None:
        async with committed.begin() as session:
            await LogPublisher(session, keyring, now).publish(LOG)

    await add(committed, 1)
    await publish_some(committed, keyring, LOG)
    await add(committed, 1)
    early = present()
    async with committed.begin() as rotating:
        made = await KeyRotation(rotating, keyring, present).rotate(LOG)
        publishing = asyncio.create_task(publish(early))
        await somebody_waits(rotating)

    await publishing

    (_, old), (after, new) = await signed(committed)
    assert (old.id == made.id, new.id == made.id) == (False, True)
    assert is_within(after, new)


async def test_a_clock_that_is_behind_ends_no_key_before_it_signed(
    committed: Sessions, keyring: Keyring
) -> None:
    await add(committed, 1)
    await publish_some(committed, keyring, LOG)

    async with committed.begin() as session:
        behind = present() - timedelta(hours=1)
        await KeyRotation(session, keyring, lambda: behind).rotate(LOG)

    [(checkpoint, key)] = await signed(committed)
    assert is_within(checkpoint, key)


async def test_many_at_once_leave_one_key_in_use_and_every_checkpoint_under_its_own(
    committed: Sessions, keyring: Keyring
) -> None:
    await add(committed, 1)
    await publish_some(committed, keyring, LOG)
    publish = Publishing(committed, keyring, present, LOG)

    async def work() -> None:
        for _ in range(4):
            await add(committed, 2)
            await publish()

    async def turn() -> None:
        for _ in range(5):
            await rotate(committed, keyring)

    async with asyncio.TaskGroup() as at_once:
        for _ in range(4):
            at_once.create_task(work())
            at_once.create_task(turn())
    await work()

    async with committed.begin() as session:
        keys = (await session.scalars(select(LedgerKey).where(LedgerKey.log == LOG))).all()
    found = await signed(committed)
    assert len(keys) == 21
    assert [key.id for key in keys if key.until is None] == [found[-1][1].id]
    assert all(is_within(checkpoint, key) for checkpoint, key in found)
    assert found[-1][0].size == 41
