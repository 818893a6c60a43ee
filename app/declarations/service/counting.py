"""What is published is counted in the same transaction, so that nobody reads one without the
other."""

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
from app.ledger.rules.acts import Act
from app.ledger.rules.logs import LogName
from app.ledger.rules.published import Published, PublishedLeaf

TALLIES: Final[Remembered[bytes]] = Remembered(seconds=1.0)
"""The last answers of this process: during a rush thousands ask in the second of one checkpoint."""

_BATCH: Final = 20_000
_SIGNED: Final = f" {Act.SIGNED.value} ".encode()


async def count_leaves(session: AsyncSession, published: Published) -> None:
    """Count a piece of the log `declarations` that was just published; a follower."""
    await LeafCounter(session).follow(published)


class LeafCounter:
    """Keeps the tally and the coverage of every declaration, piece by piece of the log.

    A piece that was counted before counts no more, and one that was missed is read again.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.counts = CountRepository(session)
        self.covering = CoveringRepository(session)
        self.leaves = LeafRepository(session, LogName.DECLARATIONS)

    async def follow(self, published: Published) -> None:
        done, now = await self.counts.hold()
        for first in range(done, published.first, _BATCH):
            end = min(first + _BATCH, published.first)
            await self._take(await self.leaves.between(first, end))
        await self._take([leaf for leaf in published.leaves if leaf.index >= done])
        await self.counts.reach(max(done, published.size), now)
        TALLIES.forget()

    async def _take(self, leaves: Sequence[PublishedLeaf]) -> None:
        if not leaves:
            return
        counted = counting.count_leaves((leaf.region_id, leaf.data) for leaf in leaves)
        await self.counts.add(counted)
        await self._cover(leaves)
        await settle_states(self.session, {cell.declaration_id for cell in counted})

    async def _cover(self, leaves: Sequence[PublishedLeaf]) -> None:
        signed = [_pair(each) for each in leaves if _SIGNED in each.data]
        ended = [_pair(each) for each in leaves if _SIGNED not in each.data]
        rest = await self.covering.cover(signed)
        if rest or ended:
            await self.covering.settle(rest + ended, any_ended=bool(ended))


def _pair(leaf: PublishedLeaf) -> tuple[int, UUID]:
    return leaf.region_id, leaf.subject_id


async def settle_states(session: AsyncSession, declaration_ids: Collection[UUID]) -> None:
    """Bring held declarations into the state that their coverage tells, and say so; the caller
    holds the counts."""
    _, now = await CountRepository(session).hold()
    journal = Journal(session, SYSTEM, now)
    for declaration in await CountRepository(session).settle(sorted(declaration_ids)):
        await journal.record("declaration.progressed", declaration, status=declaration.status)
    TALLIES.forget()
