from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName


class LogWriter:
    """Adds to one log inside the caller's transaction, so that what commits has its index.

    Whoever holds the log is alone with it until the commit: what is read after `hold` stays true.
    """

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.leaves = LeafRepository(session, log)

    async def hold(self) -> int:
        """Wait until nobody else adds to the log; return the index of its next leaf."""
        return await self.leaves.lock()

    async def append(self, next_index: int, leaves: Sequence[Leaf]) -> None:
        """Add the leaves from that index on, as `hold` returned it."""
        if leaves:
            await self.leaves.append(next_index, leaves)
