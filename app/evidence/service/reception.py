"""Taking in the bytes of one upload, so that whatever arrived is kept."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Final, TypeAlias

from app.core.errors import ChecksumMismatch, LineBroken, StorageNearlyFull
from app.evidence.files.frames import Sealer
from app.evidence.files.staging import Staged
from app.evidence.models import Upload
from app.evidence.rules.media_types import HEAD, judge
from app.evidence.rules.uploads import BodySilent, Chunk, MoreThanDeclared

SILENCE: Final = 20.0
"""Seconds without a byte after which a body has ended."""
STALLED: Final = 2.0
"""Seconds after which a silent body makes way for another request."""
_GIVING_WAY: Final = 5.0
_BATCH: Final = 262_144
CHECKPOINT: Final = 8 * 2**20
"""Bytes of an endless chunk that may be lost when the process is killed outright."""

_INTERRUPTIONS: Final = (LineBroken, BodySilent, StorageNearlyFull)

Save: TypeAlias = Callable[[int, int], Awaitable[None]]
"""Acknowledge so many plain bytes, which lie in so many sealed ones."""


class Reception:
    """One chunk on its way into the file of one upload."""

    def __init__(self, upload: Upload, staged: Staged, sealer: Sealer, save: Save) -> None:
        self.length = upload.length
        self.position, self.stored = upload.received, upload.stored
        self._staged, self._sealer, self._save = staged, sealer, save
        self._saved = upload.received
        self._pending, self._head = bytearray(), bytearray()
        self._is_judging = upload.received < HEAD
        self._waiting_since: float | None = None
        self._patience = asyncio.timeout(None)
        self._over = asyncio.Event()

    @property
    def is_complete(self) -> bool:
        return self.position == self.length

    def is_stalled(self) -> bool:
        since = self._waiting_since
        return since is not None and monotonic() - since > STALLED

    async def make_way(self) -> None:
        """End as if the body had been silent for too long; return when what came is kept."""
        self._patience.reschedule(asyncio.get_running_loop().time())
        with suppress(TimeoutError):
            async with asyncio.timeout(_GIVING_WAY):
                await self._over.wait()

    def end(self) -> None:
        self._over.set()

    async def take(self, chunk: Chunk, require_room: Callable[[], None]) -> None:
        """Take the chunk in; what arrived of it is kept, also where the line broke in the middle.

        The last byte is not acknowledged here, but with the evidence that it completes.
        """
        if self._is_judging:
            self._head += await asyncio.to_thread(self._staged.head, self._sealer, HEAD)
        try:
            async for _ in self._checkpoints(chunk):
                require_room()
        except _INTERRUPTIONS:
            await self._keep()
            if not self.is_complete:
                raise
        else:
            await self._keep()

    async def _checkpoints(self, chunk: Chunk) -> AsyncIterator[None]:
        """Take in all pieces; stop wherever so much has come that it is worth keeping already."""
        digest = hashlib.new(chunk.checksum.algorithm) if chunk.checksum else None
        async for piece in self._in_time(chunk.pieces):
            self._admit(piece)
            if digest is not None:
                digest.update(piece)
            if len(self._pending) >= _BATCH:
                await self._flush()
            # What is still to be checked as one may have to go as one.
            if digest is None and self.position - self._saved >= CHECKPOINT:
                await self._keep()
                yield
        if digest is not None and chunk.checksum and digest.digest() != chunk.checksum.digest:
            raise ChecksumMismatch

    async def _in_time(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        while True:
            self._waiting_since = monotonic()
            try:
                async with asyncio.timeout(SILENCE) as self._patience:
                    piece = await anext(pieces, None)
            except TimeoutError as silent:
                raise BodySilent from silent
            finally:
                self._waiting_since = None
            if piece is None:
                return
            yield piece

    def _admit(self, piece: bytes) -> None:
        """Refuse what goes beyond the end of the file, and what shows that it is no evidence."""
        if self.position + len(self._pending) + len(piece) > self.length:
            raise MoreThanDeclared
        self._pending += piece
        if self._is_judging:
            self._head += piece[: HEAD - len(self._head)]
            known = judge(bytes(self._head), whole=False)
            self._is_judging = known is None and len(self._head) < HEAD

    async def _flush(self) -> None:
        plain = bytes(self._pending)
        self.stored = await asyncio.to_thread(
            self._staged.append, self._sealer, plain, self.position
        )
        self.position += len(plain)
        self._pending.clear()

    async def _keep(self) -> None:
        """Write what has come and acknowledge it, once it would outlive a loss of power."""
        await self._flush()
        await asyncio.to_thread(self._staged.sync)
        if not self.is_complete:
            await self._save(self.position, self.stored)
            self._saved = self.position
