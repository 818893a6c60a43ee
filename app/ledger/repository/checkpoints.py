from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.ledger.models import LedgerCheckpoint, LedgerCosignature
from app.ledger.rules.logs import LogName


class CheckpointRepository:
    """What we signed of a log: it is added to and read, nothing else."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    def add(self, checkpoint: LedgerCheckpoint) -> None:
        self.session.add(checkpoint)

    async def latest(self) -> LedgerCheckpoint | None:
        query = select(LedgerCheckpoint).where(LedgerCheckpoint.log == self.log)
        return await self.session.scalar(query.order_by(LedgerCheckpoint.size.desc()).limit(1))

    async def of_size(self, size: int) -> LedgerCheckpoint | None:
        query = select(LedgerCheckpoint).where(
            LedgerCheckpoint.log == self.log, LedgerCheckpoint.size == size
        )
        return await self.session.scalar(query)

    async def cosigned(self, least: int) -> LedgerCheckpoint | None:
        """The latest with so many cosignatures at least."""
        sizes = (
            select(LedgerCosignature.size)
            .where(LedgerCosignature.log == self.log)
            .group_by(LedgerCosignature.size)
            .having(func.count() >= least)
            .order_by(LedgerCosignature.size.desc())
            .limit(1)
        )
        size = await self.session.scalar(sizes)
        return None if size is None else await self.of_size(size)
