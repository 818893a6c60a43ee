"""Keeps the tallies, with what is published, and coverage, behind what is signed."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.remembered import Remembered
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.covering import CoveringRepository
from app.declarations.rules import counting
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.logs import LogName
from app.ledger.rules.published import Published, PublishedLeaf

TALLIES: Final[Remembered[bytes]] = Remembered(seconds=1.0)
"""The last answers of this process: during a rush thousands ask in the second of one checkpoint."""

_BATCH: Final = 20_000

MOST_COVERED: Final = 100_000
"""Leaves of one unit of work. Targets are added up by office, so that many at once cost little more
than few: in a rush a second of signatures is one for each office, and half a minute ten."""


async def count_leaves(session: AsyncSession, published: Published) -> None:
    """Count a piece of the log `declarations` that was just published, in the same transaction, so
    that nobody reads one without the other; a follower."""
    await LeafCounter(session).follow(published)


class LeafCounter:
    """Keeps the tally of every declaration, piece by piece of the log.

    A piece that was counted before counts no more, and one that was missed is read again.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.counts = CountRepository(session)
        self.leaves = LeafRepository(session, LogName.DECLARATIONS)

    async def follow(self, published: Published) -> None:
        done, now = await self.counts.hold_tallies()
        for first in range(done, published.first, _BATCH):
            end = min(first + _BATCH, published.first)
            await self._take(await self.leaves.between(first, end))
        await self._take([leaf for leaf in published.leaves if leaf.index >= done])
        await self.counts.reach(max(done, published.size), now)
        TALLIES.forget()

    async def _take(self, leaves: Sequence[PublishedLeaf]) -> None:
        counted = counting.count_leaves((leaf.region_id, leaf.data) for leaf in leaves)
        await self.counts.add(counted)


class Coverer:
    """Keeps coverage: who of those who should sign has signed, by what the log says was done."""

    def __init__(self, session: AsyncSession, most: int = MOST_COVERED) -> None:
        self.session = session
        self.most = most
        self.counts = CountRepository(session)
        self.covering = CoveringRepository(session)
        self.leaves = LeafRepository(session, LogName.DECLARATIONS)

    async def follow(self) -> int:
        """Bring a piece of the log along; return how many leaves it had."""
        # A look without a lock, for the many rounds in which nobody signed.
        if await self.counts.covered() >= await self.leaves.size():
            return 0
        done, _ = await self.counts.hold()
        end = min(await self.leaves.size(), done + self.most)
        if end <= done:
            return 0
        await settle_states(self.session, await self.covering.follow(done, end))
        await self.counts.follow(end)
        return end - done


async def settle_states(session: AsyncSession, declaration_ids: Collection[UUID]) -> None:
    """Bring held declarations into the state that their coverage tells, and say so; the caller
    holds coverage."""
    _, now = await CountRepository(session).hold()
    journal = Journal(session, SYSTEM, now)
    for declaration in await CountRepository(session).settle(sorted(declaration_ids)):
        await journal.record("declaration.progressed", declaration, status=declaration.status)
    TALLIES.forget()
