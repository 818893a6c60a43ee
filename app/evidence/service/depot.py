"""What the uploads of one process share: where files lie, what is allowed, who is receiving."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final
from uuid import UUID

from obstore.store import ObjectStore

from app.core.disk import require_room
from app.core.settings import Settings
from app.evidence.files.staging import Staged, held
from app.evidence.files.store import open_objects
from app.evidence.rules.uploads import Limits, UploadLocked
from app.evidence.service.reception import Reception

_FINISHING: Final = 4
"""Files read back and put away at once: each takes a processor, or the parts it sends."""
_BUSY: Final = 2
"""Seconds after which another request for the same upload may find it free."""


class Depot:
    """One for each process, made when it starts."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.staging_folder
        self.objects: ObjectStore = open_objects(settings)
        self.limits = Limits(
            file=settings.upload_limit,
            report=settings.report_upload_limit,
            spare=settings.uploads_need_free,
        )
        self.finishing = asyncio.Semaphore(_FINISHING)
        self._receiving: dict[UUID, Reception] = {}

    def require_room(self) -> None:
        require_room(self.folder, self.limits.spare)

    @asynccontextmanager
    async def hold(self, upload_id: UUID) -> AsyncIterator[Staged]:
        """Hold the file of one upload; what stalled in this process makes way."""
        await self.clear(upload_id)
        try:
            with held(self.folder, upload_id) as staged:
                yield staged
        except BlockingIOError as busy:
            raise UploadLocked(retry_after=_BUSY) from busy

    async def clear(self, upload_id: UUID) -> None:
        """End a reception that has stalled; what it has is kept, for whoever asks now."""
        stalled = self._receiving.get(upload_id)
        if stalled is not None and stalled.is_stalled():
            await stalled.make_way()

    @contextmanager
    def receiving(self, upload_id: UUID, reception: Reception) -> Iterator[None]:
        """Let others find this reception while it lasts."""
        self._receiving[upload_id] = reception
        try:
            yield
        finally:
            del self._receiving[upload_id]
            reception.end()
