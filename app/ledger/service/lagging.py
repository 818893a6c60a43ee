from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.ledger.repository.chain import ChainRepository
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.logs import LogName


class LedgerLag:
    """How long the oldest of what waits has been waiting, in seconds; 0 where nothing waits."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.now = now

    async def chain(self) -> float:
        """Of committed entries of the journal, until they are leaves."""
        kept = ChainRepository(self.session)
        horizon = await Sequencer(self.session).horizon()
        return self._since(await kept.oldest(await kept.read(), horizon))

    async def publishing(self, log: LogName) -> float:
        """Of leaves of a log, until they are under a checkpoint."""
        latest = await CheckpointRepository(self.session, log).latest()
        leaves = LeafRepository(self.session, log)
        return self._since(await leaves.added_at(latest.size if latest else 0))

    def _since(self, moment: datetime | None) -> float:
        return max((self.now - moment).total_seconds(), 0.0) if moment else 0.0
