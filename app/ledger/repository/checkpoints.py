from typing import Final

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.ledger.models import LedgerCheckpoint, LedgerCosignature, LedgerWitness
from app.ledger.rules.logs import LogName

RECENT: Final = 2_000
"""Cosignatures looked through for a quorum, whoever asks for how many."""

# One key under two names is one witness; written, a key with its kind has so many characters.
_number: Final = func.count(func.right(LedgerWitness.verifier_key, 44).distinct())


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
        """The latest that so many witnesses cosigned at least, or the one of this size if they
        did; of those that were cosigned lately."""
        sizes = [LedgerCosignature.size == at] if at is not None else []
        recent = self._recent(*sizes)
        query = _sizes(recent).having(_number >= least)
        return await self._first(query.order_by(recent.c.size.desc()))

    async def best_cosigned(self, index: int) -> LedgerCheckpoint | None:
        """Of those that cover this leaf the one with most witnesses, and of these the latest."""
        recent = self._recent(LedgerCosignature.size > index)
        query = _sizes(recent).order_by(_number.desc(), recent.c.size.desc())
        return await self._first(query)

    def _recent(self, *sizes: ColumnElement[bool]) -> Subquery:
        query = select(LedgerCosignature.size, LedgerCosignature.witness_id)
        query = query.where(LedgerCosignature.log == self.log, *sizes)
        return query.order_by(LedgerCosignature.size.desc()).limit(RECENT).subquery("recent")

    async def _first(self, sizes: Select[int]) -> LedgerCheckpoint | None:
        size = await self.session.scalar(sizes.limit(1))
        return None if size is None else await self.of_size(size)


def _sizes(cosigned: Subquery) -> Select[int]:
    """The sizes that whoever is still in office cosigned."""
    in_office = (LedgerWitness.id == cosigned.c.witness_id) & LedgerWitness.until.is_(None)
    return select(cosigned.c.size).join(LedgerWitness, in_office).group_by(cosigned.c.size)
