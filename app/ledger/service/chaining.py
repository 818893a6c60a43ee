from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.ledger.repository.chain import ChainRepository
from app.ledger.rules.chain import write_leaf
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from app.ledger.service.sequencing import LogWriter

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
        waiting = await self.chain.waiting(chain, horizon, most)
        writer = LogWriter(self.session, LogName.JOURNAL)
        leaves = [Leaf(write_leaf(w.act), w.act.region_id, w.act.id) for w in waiting]
        await writer.append(await writer.hold(), leaves)
        is_all = len(waiting) < most
        chain.below = horizon.low if is_all else min(waiting[-1].transaction_id, horizon.low)
        chain.is_settled = chain.is_settled or is_all
        return len(waiting)
