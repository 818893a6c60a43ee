"""What has changed: which units since a fold, and each change one by one."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import lies_in
from app.stats.models.figures import FigureDelta
from app.stats.repository.figures import FAN_OUT, Codes, counted
from app.stats.repository.questions import Question
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.units import Unit


class Mark(NamedTuple):
    """Where a reader of changes is: the fold and the change that came last."""

    fold: int
    id: UUID


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

    async def changed(self, since: int, to: int) -> list[Changed]:
        """The units that changed after a fold and up to another, and where."""
        delta = FigureDelta
        place = func.left(delta.region_code, code_length(Depth.REGENCY))
        query = select(delta.unit, place).where(delta.fold > since, delta.fold <= to)
        return [Changed(*row) for row in await self.session.execute(query.distinct())]

    async def changes(
        self, asked: Question, units: list[Unit], after: Mark, most: int
    ) -> list[FigureDelta]:
        """The next changes up to the snapshot, in the order of the folds."""
        delta = FigureDelta
        conditions = [delta.unit.in_(units), delta.fold <= asked.snapshot]
        if asked.area:
            # The parts of a code have a fixed length, so a prefix never cuts one in two.
            conditions.append(delta.region_code.startswith(asked.area, autoescape=True))
        if asked.election is not None:
            conditions.append(delta.election_code == asked.election)
        query = select(delta).where(*conditions, tuple_(delta.fold, delta.id) > tuple_(*after))
        found = await self.session.scalars(query.order_by(delta.fold, delta.id).limit(most))
        return list(found)

    async def cells(
        self, asked: Question, by: tuple[str, ...], after: Codes, most: int
    ) -> dict[Codes, int]:
        """The next counts that are not zero, in the order of their codes (fan-out)."""
        counts = counted(asked.shape, by)
        codes = list(counts.selected_columns)[:-1]
        if after:
            counts = counts.where(tuple_(*codes) > tuple_(*after))
        counts = counts.order_by(*codes)
        counts = counts.limit(most)
        rows = await self.session.execute(counts, asked.values, execution_options=FAN_OUT)
        return {tuple(codes): int(count) for *codes, count in rows}
