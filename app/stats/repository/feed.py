"""What has changed: which units since a fold, and each change one by one."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import lies_in
from app.stats.models.figures import FigureDelta
from app.stats.repository.figures import FAN_OUT, Question, counted
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.units import Unit


class Changed(NamedTuple):
    """A unit that changed in a regency, or in what stands above the regencies."""

    unit: Unit
    region_code: str

    def lies_in(self, area: str) -> bool:
        return lies_in(self.region_code, area) or lies_in(area, self.region_code)


class FeedRepository:
    """Changes as the folds wrote them down, which nobody changes."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def changed(self, since: int) -> list[Changed]:
        """The units that changed after a fold, and where."""
        delta = FigureDelta
        place = func.left(delta.region_code, code_length(Depth.REGENCY))
        query = select(delta.unit, place).where(delta.fold > since)
        return [Changed(*row) for row in await self.session.execute(query.distinct())]

    async def changes(self, asked: Question, units: list[Unit], since: int) -> AsyncIterator[Any]:
        """Every change after a fold, in the order of the folds, read piece by piece."""
        delta = FigureDelta
        conditions = [delta.unit.in_(units), delta.fold > since]
        if asked.area:
            # The parts of a code have a fixed length, so a prefix never cuts one in two.
            conditions.append(delta.region_code.startswith(asked.area, autoescape=True))
        if asked.election is not None:
            conditions.append(delta.election_code == asked.election)
        if asked.snapshot is not None:
            conditions.append(delta.fold <= asked.snapshot)
        query = select(delta).where(*conditions).order_by(delta.fold, delta.id)
        async for row in self._piece_by_piece(query):
            yield row[0]

    async def cells(self, asked: Question, *by: str) -> AsyncIterator[Any]:
        """Every count that is not zero, read piece by piece (fan-out)."""
        async for row in self._piece_by_piece(counted(asked, by)):
            yield row

    async def _piece_by_piece(self, query: Select[Any]) -> AsyncIterator[Any]:
        options = {**FAN_OUT, "yield_per": 500}
        async for row in await self.session.stream(query, execution_options=options):
            yield row
