"""What the worker does so that complaints are found."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.repository.marks import MarkRepository
from app.complaints.service.indexing import IndexingService
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.patience import patiently
from app.core.rotation import Blinded

BATCH: Final = 100
"""Complaints of one transaction: a tenth of a second, in which nothing waits for it."""

ROUNDS: Final = 50
"""Batches of one run; an import of a million goes on with the next."""


class Indexing:
    """Marks what waits, then what lies under an older index key, batch by batch."""

    def __init__(self, sessions: Sessions, keys: Keyring) -> None:
        self.sessions = sessions
        self.keys = keys

    async def __call__(self) -> int:
        """Return how many were marked; what fails in a batch stays as it was, and comes again."""
        done = 0
        for _ in range(ROUNDS):
            batch = await self._batch()
            done += batch
            if not batch:
                break
        return done

    async def _batch(self) -> int:
        async with self.sessions.begin() as session:
            service = IndexingService(session, self.keys)
            return await service.mark_waiting(BATCH) or await service.mark_again(BATCH)


async def count_outdated(session: AsyncSession, key_id: UUID) -> int:
    return await MarkRepository(session).count_outdated(key_id)


async def mark_again(sessions: Sessions, keys: Keyring) -> AsyncIterator[int]:
    """Mark what lies under an older index key, beside the worker, which may be doing the same."""

    async def batch() -> int:
        async with sessions.begin() as session:
            return await IndexingService(session, keys).mark_again(BATCH)

    while done := await patiently(batch):
        yield done


MARKS: Final = Blinded("complaint_marks.marks", count_outdated, mark_again)
