from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.ledger.models import LedgerLeaf
from app.ledger.rules.logs import LogName


class LeafFinder:
    """One leaf by its index: what it says, and the thing of ours that it is about."""

    def __init__(self, session: AsyncSession, log: LogName) -> None:
        self.session = session
        self.log = log

    async def get(self, index: int) -> LedgerLeaf | None:
        query = select(LedgerLeaf).where(LedgerLeaf.log == self.log, LedgerLeaf.index == index)
        return await self.session.scalar(query)
