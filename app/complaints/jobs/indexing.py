"""What the worker does so that complaints are found."""

from typing import Final

from app.complaints.service.indexing import IndexingService
from app.core.crypto import Keyring
from app.core.database import Sessions

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
