"""Makes the figures anew from the tables below, and proves that what is kept equals them."""

from asyncio import Semaphore, gather
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.core.database import Sessions
from app.stats.models.figures import FigureCell, FigureFact, FigureStage
from app.stats.repository.folding import FoldingRepository
from app.stats.repository.rebuilding import RebuildingRepository
from app.stats.repository.sources.table import SOURCES
from app.stats.repository.stages import StageRepository
from app.stats.rules.units import Unit

KEPT: Final = tuple(each.__tablename__ for each in (FigureFact, FigureCell, FigureStage))
"""The tables that a rebuild fills; whoever owns them analyses them after its commit."""
AT_ONCE: Final = 2
"""Units that are compared beside each other, each on a connection of its own."""
_ALL: Final = tuple(Unit)


@dataclass(frozen=True)
class Wrong:
    """How many facts and counts of a unit are not what the tables below tell."""

    unit: Unit
    facts: int
    cells: int


class Rebuilder:
    """Works in one unit of work, so that nobody reads figures half made."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.rebuilding = RebuildingRepository(session)
        self.folding = FoldingRepository(session)
        self.now = now

    async def rebuild(self, units: Collection[Unit] = _ALL) -> None:
        """Make these units anew; snapshots of before can be asked no more."""
        horizon = await Sequencer(self.session).horizon()
        state = await self.folding.hold()
        if len(units) == len(_ALL):
            state.calendar = await StageRepository(self.session).renew()
            state.cluster, state.retelling = await self.folding.cluster(), None
            # Acts since then still await all other units, if there are any.
            state.since_transaction = horizon.low
        await self.rebuilding.take_room()
        for unit in units:
            await self.rebuilding.forget(unit)
            await self._make(unit)
        await self.session.refresh(state, ["leaves"])
        state.fold += 1
        state.first_fold = state.fold
        await self.folding.reach(state, self.now)

    async def check(self) -> list[Wrong]:
        """Compare with what is kept; acts that are not folded yet count as wrong."""
        await self.folding.hold()
        await self.rebuilding.take_room()
        return [await self._compare(unit) for unit in Unit]

    async def _make(self, unit: Unit) -> None:
        if unit in SOURCES:
            await self.rebuilding.make_facts(unit)
        await self.rebuilding.count_cells(unit)

    async def _compare(self, unit: Unit) -> Wrong:
        facts = await self.rebuilding.wrong_facts(unit) if unit in SOURCES else 0
        return Wrong(unit, facts, await self.rebuilding.wrong_cells(unit))


class Rebuild:
    """Compares all that is kept with its source, and makes anew what is not as it should be: what
    is right need not be written again."""

    def __init__(self, sessions: Sessions, now: datetime, *, at_once: int = AT_ONCE) -> None:
        self.sessions = sessions
        self.now = now
        self.at_once = at_once

    async def carry_out(self) -> list[Unit]:
        """Return the units that were made anew. The worker folds on while they are compared; what
        it has not folded yet is made anew, too."""
        wrong = list(_ALL) if await self._is_told_otherwise() else await self._wrong()
        if wrong:
            async with self.sessions.begin() as session:
                await Rebuilder(session, self.now).rebuild(wrong)
        return wrong

    async def _is_told_otherwise(self) -> bool:
        """Whether nothing was told yet, or all of it has to be told anew."""
        async with self.sessions.begin() as session:
            folding = FoldingRepository(session)
            state, cluster = await folding.hold(), await folding.cluster()
            calendar = await StageRepository(session).fingerprint()
            kept = (state.calendar, state.cluster, state.retelling)
            return not state.fold or kept != (calendar, cluster, None)

    async def _wrong(self) -> list[Unit]:
        seats = Semaphore(self.at_once)

        async def is_wrong(unit: Unit) -> bool:
            async with seats, self.sessions.begin() as session:
                rebuilding = RebuildingRepository(session)
                await rebuilding.take_room()
                return not await rebuilding.is_right(unit)

        found = await gather(*(is_wrong(unit) for unit in _ALL))
        return [unit for unit, wrong in zip(_ALL, found, strict=True) if wrong]
