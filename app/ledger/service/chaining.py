from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.ledger.repository.chain import ChainRepository
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.logs import LogName

MOST_CHAINED: Final = 20_000
"""Entries in one round."""


class JournalChain:
    """Makes every committed entry of the journal a leaf of the log `journal`, exactly once."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.chain = ChainRepository(session)

    async def extend(self, most: int = MOST_CHAINED) -> int:
        """Chain what waits, so many at most; return how many.

        No entry waits for a transaction that is still running: what that one brings is found
        later, because nothing from its number on counts as settled.
        """
        chain = await self.chain.lock()
        horizon = await Sequencer(self.session).horizon()
        leaves = LeafRepository(self.session, LogName.JOURNAL)
        size = await leaves.lock()
        added = await self.chain.append(chain, horizon, size, most)
        await leaves.resize(size + added.number)
        is_all = added.number < most
        chain.below = horizon.low if is_all else min(added.newest, horizon.low)
        chain.is_settled = chain.is_settled or is_all
        return added.number
