"""What was added to a log comes under a checkpoint that everybody can check."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions, open_sessions
from app.ledger.models import LedgerCheckpoint, LedgerEdge, LedgerKey, LedgerTile
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.rules.checkpoints import Checkpoint, open_checkpoint
from app.ledger.rules.edges import LogBroken
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import leaf_hash, root_of
from app.ledger.rules.notes import NoteVerifier
from app.ledger.rules.published import Published
from app.ledger.service.publishing import FOLLOWERS, LogPublisher
from app.web.clock import present
from tests.ledger.adding import add
from tests.ledger.publishing import publish, publish_some

LOG = LogName.DECLARATIONS


async def signed(sessions: Sessions, log: LogName = LOG) -> Checkpoint:
    """The latest checkpoint, as its signature shows it."""
    async with sessions.begin() as session:
        latest = await CheckpointRepository(session, log).latest()
        assert latest is not None
        key = await session.get_one(LedgerKey, latest.signer_id)
    return open_checkpoint(latest.note, NoteVerifier.parse(key.verifier_key))


async def test_a_checkpoint_signs_the_root_over_all_leaves(
    sessions: Sessions, keys: Keyring
) -> None:
    data = await add(sessions, 3)
    await publish(sessions, keys)
    data += await add(sessions, 600)
    await publish(sessions, keys)

    said = await signed(sessions)

    assert said == Checkpoint("netra.local/ledger/declarations", 603, root_of(map(leaf_hash, data)))


async def test_a_log_is_signed_round_by_round(sessions: Sessions, keys: Keyring) -> None:
    data = await add(sessions, 700)

    sizes = []
    for _ in range(4):
        async with sessions.begin() as session:
            published = await LogPublisher(session, keys, present()).publish(LOG, most=300)
            sizes.append(published.size if published else None)

    assert sizes == [300, 600, 700, None]
    assert (await signed(sessions)).root == root_of(map(leaf_hash, data))


async def test_full_tiles_are_kept_once_and_for_all(sessions: Sessions, keys: Keyring) -> None:
    data = await add(sessions, 513)

    await publish(sessions, keys)

    async with sessions.begin() as session:
        query = select(LedgerTile).where(LedgerTile.log == LOG).order_by(LedgerTile.index)
        tiles: Sequence[LedgerTile] = (await session.scalars(query)).all()
    assert [(tile.level, tile.index) for tile in tiles] == [(0, 0), (0, 1)]
    assert tiles[1].hashes == b"".join(map(leaf_hash, data[256:512]))


async def test_each_log_has_a_key_of_its_own(sessions: Sessions, keys: Keyring) -> None:
    for log in LogName:
        await add(sessions, 1, log)

    await publish(sessions, keys)
    await add(sessions, 1)
    await publish(sessions, keys)

    async with sessions.begin() as session:
        made = (await session.scalars(select(LedgerKey).order_by(LedgerKey.log))).all()
    assert [key.origin for key in made] == [
        "netra.local/ledger/circulars",
        "netra.local/ledger/declarations",
        "netra.local/ledger/journal",
    ]


async def test_a_follower_hears_of_every_leaf_once_and_in_the_same_transaction(
    connection: AsyncConnection, sessions: Sessions, keys: Keyring
) -> None:
    heard: list[tuple[int, int, list[int]]] = []

    async def follow(session: AsyncSession, published: Published) -> None:
        indexes = [leaf.index for leaf in published.leaves]
        heard.append((published.first, published.size, indexes))
        if len(heard) == 1:
            raise LogBroken

    followed = open_sessions(connection, {FOLLOWERS: {LOG: (follow,)}})
    followed.configure(join_transaction_mode="create_savepoint")
    await add(sessions, 2)

    with pytest.raises(LogBroken):
        await publish_some(followed, keys, LOG)
    async with sessions.begin() as session:
        unsigned = await session.scalar(select(LedgerCheckpoint).where(LedgerCheckpoint.log == LOG))
    await publish_some(followed, keys, LOG)
    await publish_some(followed, keys, LOG)

    assert unsigned is None
    assert heard == [(0, 2, [0, 1]), (0, 2, [0, 1])]


async def test_a_lost_edge_is_recomputed(sessions: Sessions, keys: Keyring) -> None:
    data = await add(sessions, 600)
    await publish(sessions, keys)
    async with sessions.begin() as session:
        await session.execute(update(LedgerEdge).values(hashes=b"rekaan"))
    data += await add(sessions, 5)

    await publish(sessions, keys)

    assert (await signed(sessions)).root == root_of(map(leaf_hash, data))
