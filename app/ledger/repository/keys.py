from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, Slice, newest_first
from app.ledger.models import LedgerKey
from app.ledger.rules.logs import LogName


class LedgerKeyRepository:
    """The keys that sign checkpoints, one in use for each log, and those that did before."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    async def in_use(self) -> LedgerKey | None:
        query = select(LedgerKey).where(LedgerKey.log == self.log, LedgerKey.until.is_(None))
        return await self.session.scalar(query)

    async def held(self) -> LedgerKey | None:
        """The key in use, held until the commit, and with it the publishing; None where the log
        has none yet."""
        in_use = LedgerKey.log == self.log, LedgerKey.until.is_(None)
        key, exists = select(LedgerKey).where(*in_use).with_for_update(), select(LedgerKey.id)
        found = await self.session.scalar(key)
        # Who waited for a rotation finds the key of before ended, and looks again.
        while found is None and await self.session.scalar(exists.where(*in_use)):
            found = await self.session.scalar(key)
        return found

    async def get(self, key_id: UUID) -> LedgerKey:
        """The key that signed a checkpoint, whether it is in use or not."""
        return await self.session.get_one(LedgerKey, key_id)

    async def find(self, wanted: Slice) -> Found[LedgerKey]:
        query = select(LedgerKey).where(LedgerKey.log == self.log)
        return await newest_first(self.session, query, (LedgerKey.since, LedgerKey.id), wanted)

    async def add(self, key: LedgerKey) -> bool:
        """Put a key into use unless another process was first; say whether it is this one."""
        values = {each.key: getattr(key, each.key) for each in LedgerKey.__table__.columns}
        first = insert(LedgerKey).values(values).on_conflict_do_nothing()
        return bool(await self.session.scalar(first.returning(LedgerKey.id)))

    async def succeed(self, key: LedgerKey) -> None:
        """Put a key into use after the one that has just ended."""
        # One log never has two keys in use: the end of the old one is written first.
        await self.session.flush()
        self.session.add(key)
        await self.session.flush()
