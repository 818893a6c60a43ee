from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.arrays import insert_each, write
from app.ledger.models import LedgerLeaf, LedgerLog
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.rules.published import PublishedLeaf

_LOG: Final = cast(Table, LedgerLog.__table__)
_RESIZED: Final = (
    update(_LOG).where(_LOG.c.name == bindparam("log_name")).values(size=bindparam("log_size"))
)


class LeafRepository:
    """The leaves of a log: they are added to and read, nothing else."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    async def lock(self) -> int:
        """Hold the log until the commit, made where it is missing; return its size."""
        query = select(LedgerLog.size).where(LedgerLog.name == self.log).with_for_update()
        size = await self.session.scalar(query)
        if size is None:
            first = insert(LedgerLog).values(name=self.log, size=0).on_conflict_do_nothing()
            await self.session.execute(first)
            size = (await self.session.scalars(query)).one()
        return size

    async def size(self) -> int:
        """How many leaves are committed: the log is held by whoever adds to it."""
        query = select(LedgerLog.size).where(LedgerLog.name == self.log)
        return await self.session.scalar(query) or 0

    async def append(self, size: int, leaves: Sequence[Leaf]) -> None:
        """Add leaves to the log of this size, which the caller holds."""
        names = ("log", "index", "data", "region_id", "subject_id")
        rows = (
            (self.log, index, leaf.data, leaf.region_id, leaf.subject_id)
            for index, leaf in enumerate(leaves, start=size)
        )
        await insert_each(self.session, LedgerLeaf, names, rows)
        await self.resize(size + len(leaves))

    async def resize(self, size: int) -> None:
        """Say how many leaves the log has, which the caller holds."""
        await write(self.session, _RESIZED, {"log_name": self.log, "log_size": size})

    async def between(self, first: int, end: int) -> Sequence[PublishedLeaf]:
        """The leaves from `first` on and before `end`, in their order."""
        query = select(
            LedgerLeaf.index, LedgerLeaf.data, LedgerLeaf.region_id, LedgerLeaf.subject_id
        ).where(LedgerLeaf.log == self.log, LedgerLeaf.index >= first, LedgerLeaf.index < end)
        rows = await self.session.execute(query.order_by(LedgerLeaf.index))
        return [PublishedLeaf(*row) for row in rows]

    async def data(self, first: int, end: int) -> Sequence[bytes]:
        """The same, only what everybody may read of them."""
        query = select(LedgerLeaf.data).where(
            LedgerLeaf.log == self.log, LedgerLeaf.index >= first, LedgerLeaf.index < end
        )
        return (await self.session.scalars(query.order_by(LedgerLeaf.index))).all()

    async def added_at(self, index: int) -> datetime | None:
        """When the leaf of this index was added, if there is one."""
        query = select(LedgerLeaf.added_at).where(
            LedgerLeaf.log == self.log, LedgerLeaf.index == index
        )
        return await self.session.scalar(query)
