"""Publishing brings what was added to a log under a checkpoint that we sign."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.ledger.models import LedgerCheckpoint, LedgerKey
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.leaves import LeafRepository
from app.ledger.repository.tiles import TileRepository
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.edges import Edge, LogBroken, last_of, levels_of, width_of
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import leaf_hash, root_of
from app.ledger.rules.notes import write_note
from app.ledger.rules.published import Published, PublishedLeaf
from app.ledger.rules.tiles import TILE_WIDTH, hashes_of
from app.ledger.service.keys import LogKeys

Follower: TypeAlias = Callable[[AsyncSession, Published], Awaitable[None]]
Following: TypeAlias = Mapping[LogName, Sequence[Follower]]
"""Who keeps count of what is published, in the same transaction; `main` holds the one table."""

FOLLOWERS: Final = "followers"

MOST: Final = 20_000
"""Leaves in one round: some 15 MB of memory, and a third of a second."""


class LogPublisher:
    """Signs what a log has become; whoever publishes is alone with it until the commit."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.session = session
        self.keys = LogKeys(session, keys, now)
        self.now = now

    async def publish(self, log: LogName, most: int = MOST) -> Published | None:
        """Publish the leaves after the last checkpoint, so many at most; None where none wait."""
        key = await self.keys.hold(log)
        last = await CheckpointRepository(self.session, log).latest()
        first = last.size if last else 0
        leaves = await LeafRepository(self.session, log).between(first, first + most)
        if not leaves:
            return None
        edge = await self._edge(log, last)
        await self._grow(log, edge, leaves)
        self._sign(key, edge)
        published = Published(log, first, edge.size, leaves)
        await self._tell(published)
        return published

    async def _edge(self, log: LogName, last: LedgerCheckpoint | None) -> Edge:
        """The edge under the last checkpoint; what is stored must lead to the root we signed."""
        if last is None:
            return Edge(0)
        try:
            edge = Edge(last.size, await TileRepository(self.session, log).edge())
            is_ours = edge.root() == last.root
        except (LogBroken, LookupError, ValueError):
            is_ours = False
        return edge if is_ours else await self._recomputed(log, last)

    async def _recomputed(self, log: LogName, last: LedgerCheckpoint) -> Edge:
        """The same from full tiles and the last leaves; a log that was altered is not signed."""
        tiles, size = TileRepository(self.session, log), last.size
        leaves = LeafRepository(self.session, log)
        rows: list[bytes] = []
        for level in levels_of(size):
            first = last_of(size, level) * TILE_WIDTH
            end = first + width_of(size, level)
            if level:
                below = await tiles.full(level - 1, first, end)
                rows.append(b"".join(root_of(hashes_of(tile)) for tile in below))
            else:
                rows.append(b"".join(map(leaf_hash, await leaves.data(first, end))))
        edge = Edge(size, rows)
        if edge.root() != last.root:
            raise LogBroken
        return edge

    async def _grow(self, log: LogName, edge: Edge, leaves: Sequence[PublishedLeaf]) -> None:
        if leaves[-1].index != edge.size + len(leaves) - 1:
            raise LogBroken
        tiles = TileRepository(self.session, log)
        await tiles.add(edge.add(leaf_hash(leaf.data) for leaf in leaves))
        await tiles.move(edge)

    def _sign(self, key: LedgerKey, edge: Edge) -> None:
        signer, root = self.keys.signer(key), edge.root()
        said = Checkpoint(key.origin, edge.size, root).write()
        checkpoint = LedgerCheckpoint(
            log=key.log,
            size=edge.size,
            root=root,
            note=write_note(said, [signer.sign(said)]),
            signer_id=key.id,
            # Who waited for a rotation was called before it.
            at=max(self.now, key.since),
        )
        CheckpointRepository(self.session, key.log).add(checkpoint)

    async def _tell(self, published: Published) -> None:
        followers: Following = self.session.info.get(FOLLOWERS, {})
        for tell in followers.get(published.log, ()):
            await tell(self.session, published)
