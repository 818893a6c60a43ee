from sqlalchemy import Select, func, select
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

    async def cosigned(self, least: int, at: int | None = None) -> LedgerCheckpoint | None:
        """The latest with so many cosignatures at least, or the one of this size if it has them."""
        query = self._cosigned(0 if at is None else at)
        if at is not None:
            query = query.where(LedgerCosignature.size == at)
        enough = query.having(func.count() >= least)
        return await self._first(enough.order_by(LedgerCosignature.size.desc()))

    async def best_cosigned(self, index: int) -> LedgerCheckpoint | None:
        """Of those that cover this leaf the one with most cosignatures, and of these the latest."""
        query = self._cosigned(index + 1)
        return await self._first(query.order_by(func.count().desc(), LedgerCosignature.size.desc()))

    def _cosigned(self, smallest: int) -> Select[int]:
        query = select(LedgerCosignature.size).where(
            LedgerCosignature.log == self.log, LedgerCosignature.size >= smallest
        )
        return query.group_by(LedgerCosignature.size)

    async def _first(self, sizes: Select[int]) -> LedgerCheckpoint | None:
        size = await self.session.scalar(sizes.limit(1))
        return None if size is None else await self.of_size(size)
