"""Every question about figures, answered from the counts where they are kept, else from facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Invalid
from app.stats.models.figures import FigureCell, FigureDelta, FigureFact
from app.stats.repository.questions import (
    AREA,
    ELECTION,
    PROVINCE_AROUND,
    SINCE,
    SINCE_CODE,
    SNAPSHOT,
    UNTIL,
    UNTIL_CODE,
    Question,
    once_for_each_shape,
)
from app.stats.repository.sources.shape import key_of
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.crossing import NOT_KEPT
from app.stats.rules.facts import DAY, NATIONWIDE, PROVINCE, REGENCY, in_order
from app.stats.rules.periods import Period
from app.stats.rules.units import Unit

FAN_OUT: Final = {"fan_out": True}
_MOST_KEPT: Final = 2
_NUMBER: Final = "number"
UNIT: Final = "unit"
_REGENCY_LENGTH: Final = code_length(Depth.REGENCY)

Codes = tuple[str, ...]


class FigureRepository:
    """Counts within one area.

    An officer behind a wall (app.core.visibility) is counted the same figures as his neighbour:
    a count names nothing, and two officers of one office must not quote two numbers.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def moment(self, snapshot: int, unit: Unit | None = None) -> datetime | None:
        """When the figures, or those of a unit, came to what they are in this fold; nothing where
        no change is kept of it."""
        delta = FigureDelta
        query = select(delta.at).where(delta.fold <= snapshot)
        if unit is not None:
            query = query.where(delta.unit == unit)
        return await self.session.scalar(query.order_by(delta.fold.desc()).limit(1))

    async def count(self, asked: Question) -> int:
        return sum((await self.count_by(asked)).values())

    async def count_by(self, asked: Question, *by: str) -> Counter[Codes]:
        """Count by none, one or two dimensions: `province`, `regency`, `district`, `village`, or
        the name of a `Dimension`. What has several codes of one is counted in each (fan-out)."""
        query = counted(asked.shape, tuple(dict.fromkeys(by)))
        rows = await self.session.execute(query, asked.values, execution_options=FAN_OUT)
        return Counter({tuple(map(str, codes)): int(count) for *codes, count in rows})

    async def count_each(
        self, asked: Question, several: Sequence[Sequence[str]]
    ) -> list[Counter[Codes]]:
        """Count by each of several, in one statement: no fold can come between them (fan-out)."""
        found: list[Counter[Codes]] = [Counter() for _ in several]
        query = _each(asked.shape, tuple(map(tuple, several)))
        rows = await self.session.execute(query, asked.values, execution_options=FAN_OUT)
        for at, *codes, count in rows:
            found[at][tuple(codes[: len(several[at])])] = int(count)
        return found

    async def speaking(self, asked: Question, units: Sequence[Unit], by: str) -> frozenset[str]:
        """The codes of which anything is counted of any of these units (fan-out)."""
        query = _speaking(asked.shape, tuple(units), by)
        found = await self.session.scalars(query, asked.values, execution_options=FAN_OUT)
        return frozenset(map(str, found))


@once_for_each_shape
def _each(asked: Question, several: tuple[Codes, ...]) -> CompoundSelect[Any]:
    most = max(map(len, several))
    return union_all(*(_numbered(at, counted(asked, by), most) for at, by in enumerate(several)))


@once_for_each_shape
def _speaking(asked: Question, units: tuple[Unit, ...], by: str) -> Select[Any]:
    return select(counted_each(asked, units, [by]).subquery().c[1]).distinct()


def _numbered(at: int, counts: Select[Any], most: int) -> Select[Any]:
    """The same under a number, with as many codes as the others have."""
    *codes, count = counts.subquery().c
    filled = [literal("", Text)] * (most - len(codes))
    columns: list[Any] = [literal(at), *(cast(code, Text) for code in codes), *filled, count]
    return select(*columns)


@once_for_each_shape
def counted(asked: Question, by: Codes) -> Select[Any]:
    """Codes and their counts, without zeros: of all questions of this shape."""
    return _counted(asked, [asked.unit], _known(asked.unit, by))


def counted_each(asked: Question, units: Sequence[Unit], by: Sequence[str]) -> Select[Any]:
    """The same for each of several units, told apart by their names before all else."""
    return _counted(asked, units, [UNIT, *by])


def _counted(asked: Question, units: Sequence[Unit], by: Sequence[str]) -> Select[Any]:
    for unit in units:
        check_countable(replace(asked, unit=unit), by)
    kept = (_of_cells if _is_kept(asked, by) else _of_facts)(asked, units, by)
    return as_asked(asked, units, by, kept)


def as_asked(
    asked: Question, units: Sequence[Unit], by: Sequence[str], kept: Select[Any]
) -> Select[Any]:
    """What is kept less what has changed since the snapshot, in one statement: no fold can come
    between them."""
    parts = [kept] if asked.snapshot is None else [kept, _since(asked, units, by)]
    codes: list[Any]
    *codes, number = union_all(*parts).subquery().c
    count = func.sum(number)
    return select(*codes, count).group_by(*codes).having(count != 0)


def check_countable(asked: Question, by: Sequence[str]) -> None:
    """Refuse what only a scan of all signatures could tell: they have no facts."""
    if asked.unit is Unit.SIGNATURE and not _is_kept(asked, _known(asked.unit, by)):
        raise Invalid(NOT_KEPT)


def _known(unit: Unit, by: Sequence[str]) -> Sequence[str]:
    """Of a signature no more is known than its regency: below, it is of no one part."""
    if unit is not Unit.SIGNATURE:
        return by
    return [REGENCY if name in (Depth.DISTRICT, Depth.VILLAGE) else name for name in by]


def _is_kept(asked: Question, by: Sequence[str]) -> bool:
    """Whether counts of nation or province answer this."""
    if len(asked.area) > _REGENCY_LENGTH or {Depth.DISTRICT, Depth.VILLAGE} & set(by):
        return False
    return len(_dimensions(asked, by)) <= _MOST_KEPT


def _dimensions(asked: Question, by: Sequence[str]) -> list[str]:
    """What has to be told apart: what is asked for, and days where not all of them count."""
    limited = asked.period != Period()
    names = {*by, DAY} - {UNIT} if limited else {*by} - {UNIT}
    if len(asked.area) == _REGENCY_LENGTH:
        names.add(REGENCY)  # one of those that the counts of its province tell apart
    if asked.area != NATIONWIDE or REGENCY in names or len(names) > _MOST_KEPT:
        names.discard(PROVINCE)  # each province has counts of its own
    return in_order(names)


def _of_cells(asked: Question, units: Sequence[Unit], by: Sequence[str]) -> Select[Any]:
    cell, names = FigureCell, _dimensions(asked, by)
    by_a, by_b = (*names, "", "")[:2]
    column = {UNIT: cell.unit, PROVINCE: cell.area, by_b: cell.code_b, by_a: cell.code_a}
    area = cell.area == PROVINCE_AROUND
    if asked.area == NATIONWIDE and (REGENCY in names or PROVINCE in {*by} - {*names}):
        area = cell.area != NATIONWIDE
    conditions = [cell.unit.in_(units), cell.by_a == by_a, cell.by_b == by_b, area]
    if len(asked.area) == _REGENCY_LENGTH:
        conditions.append(column[REGENCY] == AREA)
    if asked.election is not None:
        conditions.append(cell.election_code == ELECTION)
    if asked.period != Period():
        conditions += within_period(column[DAY])
    wanted: list[SQLColumnExpression[Any]] = [column[name] for name in by]
    labelled: list[Any] = [column[name].label(name) for name in by]
    number = func.sum(cell.count).label(_NUMBER)
    return select(*labelled, number).where(*conditions).group_by(*wanted)


def within_period(day: SQLColumnExpression[str]) -> list[ColumnElement[bool]]:
    """By the codes of days that are kept."""
    return [day >= SINCE_CODE, day <= UNTIL_CODE]


def _of_facts(asked: Question, units: Sequence[Unit], by: Sequence[str]) -> Select[Any]:
    fact = FigureFact.__table__
    query = _grouped(fact, by, func.count())
    return query.where(fact.c.unit.in_(units), *_within(asked, fact))


def _since(asked: Question, units: Sequence[Unit], by: Sequence[str]) -> Select[Any]:
    """What has changed since the fold that is asked for."""
    delta = FigureDelta.__table__
    query = _grouped(delta, by, -func.sum(delta.c.change))
    of_unit = delta.c.unit.in_(units), delta.c.fold > SNAPSHOT
    return query.where(*of_unit, *_within(asked, delta))


def _grouped(rows: FromClause, by: Sequence[str], count: ColumnElement[Any]) -> Select[Any]:
    keys = [key_of(rows, name) for name in by]
    labelled: list[Any] = [key.label(name) for key, name in zip(keys, by, strict=True)]
    return select(*labelled, count.label(_NUMBER)).select_from(rows).group_by(*keys)


def _within(asked: Question, rows: FromClause) -> list[ColumnElement[bool]]:
    conditions = [_in(asked.area, rows.c.region_code)]
    if asked.election is not None:
        conditions.append(rows.c.election_code == ELECTION)
    if asked.period.since is not None:
        conditions.append(rows.c.day >= SINCE)
    if asked.period.until is not None:
        conditions.append(rows.c.day <= UNTIL)
    return conditions


def _in(area: str, region_code: SQLColumnExpression[str]) -> ColumnElement[bool]:
    # The parts of a code have a fixed length, so a prefix never cuts one in two.
    return region_code.startswith(AREA) if area else true()
