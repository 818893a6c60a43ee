"""Makes the figures anew from the tables below, and proves that what is kept equals them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Sequencer
from app.stats.models.figures import FigureCell, FigureFact, FigureStage
from app.stats.repository.folding import FoldingRepository
from app.stats.repository.rebuilding import RebuildingRepository
from app.stats.repository.sources.table import SOURCES
from app.stats.repository.stages import StageRepository
from app.stats.rules.units import Unit

KEPT: Final = tuple(each.__tablename__ for each in (FigureFact, FigureCell, FigureStage))
"""The tables that a rebuild fills; whoever owns them analyses them after its commit."""


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

    async def rebuild(self) -> None:
        """Make everything anew; snapshots of before can be asked no more."""
        horizon = await Sequencer(self.session).horizon()
        state = await self.folding.hold()
        state.calendar = await StageRepository(self.session).renew()
        state.since_transaction = horizon.low
        state.cluster, state.retelling = await self.folding.cluster(), None
        await self.rebuilding.take_room()
        await self.rebuilding.forget()
        for unit in Unit:
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
