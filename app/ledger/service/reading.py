"""What everybody may read of the logs: nothing beyond the last checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, NotFound
from app.core.paging import Found, Slice
from app.core.texts import Text
from app.ledger.models import LedgerCheckpoint, LedgerKey
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.keys import LedgerKeyRepository
from app.ledger.repository.leaves import LeafRepository
from app.ledger.repository.tiles import TileRepository
from app.ledger.repository.witnesses import CosignatureRepository
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import HASH_BYTES, consistency_proof, inclusion_proof
from app.ledger.rules.proofs import LogProof
from app.ledger.rules.reading import Proof, reader_of, tiles_for
from app.ledger.rules.tiles import (
    ENTRIES,
    TILE_WIDTH,
    NotATile,
    Tile,
    node_reader,
    read_tile_path,
    width_at,
    write_bundle,
)

BEYOND = Text(
    "Di luar titik periksa yang sudah diterbitkan.", "This is beyond what has been published."
)


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes of a tile; what is full never changes and never goes."""

    content: bytes
    is_full: bool


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A leaf with the hashes that lead from it to the root at this size."""

    log: LogName
    index: int
    size: int
    leaf: bytes
    hashes: Sequence[bytes]
    checkpoint: str | None


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A proof to take home, and the verifier key under which its checkpoint stands."""

    text: str
    log_key: str


@dataclass(frozen=True, slots=True)
class Consistency:
    """The hashes that lead from the root at the old size to the root at the new one."""

    log: LogName
    old: int
    new: int
    hashes: Sequence[bytes]


class LedgerService:
    """The files and the proofs of the logs, for everybody."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session

    async def checkpoint(self, log: LogName, witnesses: int) -> str:
        """The latest that so many witnesses cosigned at least, with what they said."""
        checkpoints = CheckpointRepository(self.session, log)
        found = await (checkpoints.cosigned(witnesses) if witnesses else checkpoints.latest())
        if found is None:
            raise NotFound
        return await self._note(found)

    async def key(self, log: LogName) -> str:
        """The key under which the latest checkpoint stands: after a rotation, until something new
        is signed, this is the one before."""
        kept, latest = LedgerKeyRepository(self.session, log), await self._latest(log)
        key = await (kept.get(latest.signer_id) if latest else kept.in_use())
        if key is None:
            raise NotFound
        return f"{key.verifier_key}\n"

    async def keys(self, log: LogName, wanted: Slice) -> Found[LedgerKey]:
        """All that ever signed this log, the newest first."""
        return await LedgerKeyRepository(self.session, log).find(wanted)

    async def tile(self, log: LogName, path: str) -> Served:
        """A tile of hashes or a bundle of entries, as wide as its path says."""
        try:
            tile = read_tile_path(f"tile/{path}")
        except NotATile as wrong:
            raise NotFound from wrong
        size = await self._size(log)
        if width_at(tile.level, tile.index, size) < tile.width:
            raise NotFound
        read = self._entries if tile.level == ENTRIES else self._hashes
        return Served(await read(log, tile), is_full=tile.width == TILE_WIDTH)

    async def inclusion(self, log: LogName, index: int, size: int | None) -> Inclusion:
        """Show that a leaf is in the log of this size, or of the latest one published."""
        size = await self._published(log, size, "/size")
        if index >= size:
            raise Invalid(Fault("/index", "not-published", BEYOND))
        hashes = await self._prove(log, size, partial(inclusion_proof, index, size))
        [leaf] = await LeafRepository(self.session, log).data(index, index + 1)
        signed = await CheckpointRepository(self.session, log).of_size(size)
        note = await self._note(signed) if signed else None
        return Inclusion(log, index, size, leaf, hashes, note)

    async def proof(self, log: LogName, index: int, size: int | None, witnesses: int) -> str:
        """The same as one text, which is checked offline; only for a size that we signed, and so
        many witnesses at least."""
        if witnesses:
            found = await CheckpointRepository(self.session, log).cosigned(witnesses, size)
            if found is None or found.size <= index:
                raise NotFound
            size = found.size
        shown = await self.inclusion(log, index, size)
        if shown.checkpoint is None:
            raise NotFound
        return LogProof(index, shown.hashes, shown.checkpoint, shown.leaf).write()

    async def kept_proof(self, log: LogName, index: int) -> KeptProof:
        """What shows most to whoever keeps it: under the checkpoint that most witnesses cosigned,
        or else under the latest."""
        best = await CheckpointRepository(self.session, log).best_cosigned(index)
        shown = best or await self._latest(log)
        if shown is None:
            raise NotFound
        key = await LedgerKeyRepository(self.session, log).get(shown.signer_id)
        return KeptProof(await self.proof(log, index, shown.size, 0), key.verifier_key)

    async def consistency(self, log: LogName, old: int, new: int | None) -> Consistency:
        """Show that the log at the new size begins with the whole log at the old one."""
        new = await self._published(log, new, "/new")
        if old > new:
            raise Invalid(Fault("/old", "not-published", BEYOND))
        hashes = await self._prove(log, new, partial(consistency_proof, old, new))
        return Consistency(log, old, new, hashes)

    async def _latest(self, log: LogName) -> LedgerCheckpoint | None:
        return await CheckpointRepository(self.session, log).latest()

    async def _size(self, log: LogName) -> int:
        latest = await self._latest(log)
        return latest.size if latest else 0

    async def _published(self, log: LogName, wanted: int | None, pointer: str) -> int:
        size = await self._size(log)
        if wanted is not None and wanted > size:
            raise Invalid(Fault(pointer, "not-published", BEYOND))
        return size if wanted is None else wanted

    async def _prove(self, log: LogName, size: int, proof: Proof) -> Sequence[bytes]:
        tiles = await TileRepository(self.session, log).at(tiles_for(proof))
        return proof(node_reader(size, reader_of(tiles)))

    async def _hashes(self, log: LogName, tile: Tile) -> bytes:
        place = tile.level, tile.index
        return (await TileRepository(self.session, log).at([place]))[place][
            : tile.width * HASH_BYTES
        ]

    async def _entries(self, log: LogName, tile: Tile) -> bytes:
        first = tile.index * TILE_WIDTH
        return write_bundle(await LeafRepository(self.session, log).data(first, first + tile.width))

    async def _note(self, checkpoint: LedgerCheckpoint) -> str:
        lines = await CosignatureRepository(self.session, checkpoint.log).lines(checkpoint.size)
        return checkpoint.note + "".join(lines)
