"""How many there are, and in how many regencies and cities anybody speaks of it at all."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.stats.models.figures import FigureCell, FigureDelta
from app.stats.repository.figures import (
    FAN_OUT,
    UNIT,
    as_asked,
    counted_each,
    within_period,
)
from app.stats.repository.questions import (
    ELECTION,
    PROVINCE_AROUND,
    SNAPSHOT,
    Question,
    once_for_each_shape,
)
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.facts import DAY, NATIONWIDE, REGENCY
from app.stats.rules.periods import Period
from app.stats.rules.units import Unit

_REGENCY_LENGTH: Final = code_length(Depth.REGENCY)


class Heard(NamedTuple):
    """How many there are in all, and in how many regencies and cities."""

    number: int
    speaking: int


class HearingRepository:
    """Totals and coverage within one area, as of one fold."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def heard_each(self, asked: Question, units: Sequence[Unit]) -> dict[Unit, Heard]:
        """The total of each unit, and how many regencies and cities speak in it (fan-out)."""
        query = _heard(asked.shape, tuple(units))
        rows = await self.session.execute(query, asked.values, execution_options=FAN_OUT)
        found = {Unit(unit): Heard(int(number), int(speaking)) for unit, number, speaking in rows}
        return {unit: found.get(unit, Heard(0, 0)) for unit in units}


@once_for_each_shape
def _heard(asked: Question, units: tuple[Unit, ...]) -> Select[Any]:
    unit, number = counted_each(asked, units, []).subquery().c
    by_regency = _spoken(asked, units).subquery()
    is_one = func.length(by_regency.c[1]) == _REGENCY_LENGTH
    parts = union_all(
        select(unit, number, literal(0)),
        select(by_regency.c[0], literal(0), literal(1)).where(is_one),
    ).subquery()
    unit, number, speaking = parts.c
    return select(unit, func.sum(number), func.sum(speaking)).group_by(unit)


def _spoken(asked: Question, units: Sequence[Unit]) -> Select[Any]:
    """Units and the codes of which they count anything; how many, nobody needs to know."""
    if asked.period == Period() or len(asked.area) >= _REGENCY_LENGTH:
        return counted_each(asked, units, [REGENCY])
    return as_asked(asked, units, [UNIT, REGENCY], _some_day(asked, units))


def _some_day(asked: Question, units: Sequence[Unit]) -> Select[Any]:
    """Of each regency what one of its days counts, in place of a sum over all of them; where
    something has changed since the snapshot, the sum."""
    cell, day = FigureCell, aliased(FigureCell)
    ever = [cell.unit.in_(units), cell.by_a == REGENCY, cell.by_b == ""]
    ever.append(cell.area == PROVINCE_AROUND if asked.area else cell.area != NATIONWIDE)
    if asked.election is not None:
        ever.append(cell.election_code == ELECTION)
    counted = *days_of(cell, day), *within_period(day.code_b), day.count != 0
    days = select(day.count).where(*counted)
    one, every = days.limit(1), days.with_only_columns(func.sum(day.count))
    place = func.left(FigureDelta.region_code, _REGENCY_LENGTH)
    moved = cell.code_a.in_(select(place).where(FigureDelta.fold > SNAPSHOT))
    number = case((moved, every.scalar_subquery()), else_=one.scalar_subquery())
    columns: list[Any] = [cell.unit.label(UNIT), cell.code_a.label(REGENCY), func.sum(number)]
    return select(*columns).where(*ever).group_by(cell.unit, cell.code_a)


def days_of(cell: type[FigureCell], day: type[FigureCell]) -> list[ColumnElement[bool]]:
    """The days of the regency of another count: one short range of the index."""
    return [
        day.unit == cell.unit,
        day.by_a == REGENCY,
        day.by_b == DAY,
        day.area == cell.area,
        day.election_code == cell.election_code,
        day.code_a == cell.code_a,
    ]
