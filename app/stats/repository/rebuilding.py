"""The figures as they have to be by the tables below: to make them anew, and to check them."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    delete,
    except_all,
    func,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import NATION
from app.ledger.models import LedgerLog
from app.ledger.rules.logs import LogName
from app.stats.models.figures import FigureCell, FigureFact, FigureStage, FigureState
from app.stats.repository.folding import STATE
from app.stats.repository.sources.prevention import signatures
from app.stats.repository.sources.shape import LISTS, SINGLE, everything, key_of
from app.stats.repository.sources.table import SOURCES
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.dimensions import own_dimensions
from app.stats.rules.facts import DAY, NATIONWIDE, PROVINCE, REGENCY, in_order
from app.stats.rules.units import Unit

_FAN_OUT: Final = {"fan_out": True}
_ROOM: Final = "256MB"
"""For each of some millions of things a hash table of less goes to the disk and back."""
_FACT: Final = cast(Table, FigureFact.__table__)
_CELL: Final = cast(Table, FigureCell.__table__)
_FACT_COLUMNS: Final = ("thing_id", "part", "region_code", "election_code", "day", *SINGLE, *LISTS)
_NAMES: Final = [column.key for column in _CELL.columns]


class RebuildingRepository:
    """Whoever holds the row of `FigureState` may make anew what is kept."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def take_room(self) -> None:
        """Let this unit of work count in memory what would else be sorted on the disk.

        Every join here is of all rows: by a guess of few it would be looked up row by row, or all
        things sorted for each of three joins with the stages, which takes half as long again.
        """
        for setting in (f"work_mem = '{_ROOM}'", "enable_nestloop = off", "enable_mergejoin = off"):
            await self.session.execute(text(f"SET LOCAL {setting}"))

    async def forget(self) -> None:
        for kept in (FigureFact, FigureCell):
            await self.session.execute(delete(kept))

    async def make_facts(self, unit: Unit) -> None:
        """Tell what every thing of a unit counts as (fan-out)."""
        made = insert(_FACT).from_select(["unit", *_FACT_COLUMNS, "stage"], _facts(unit))
        await self.session.execute(made, execution_options=_FAN_OUT)

    async def count_cells(self, unit: Unit) -> None:
        """Count what stands in each province, and add that up for the nation (fan-out)."""
        of_provinces, *of_nation = (
            insert(_CELL).from_select(_NAMES, query)
            for query in (union_all(*_of_provinces(unit)), *_of_nation(unit))
        )
        if unit is Unit.SIGNATURE:
            of_provinces = of_provinces.add_cte(_leaves_reached())
        for made in (of_provinces, *of_nation):
            await self.session.execute(made, execution_options=_FAN_OUT)

    async def wrong_facts(self, unit: Unit) -> int:
        """How many facts are missing, or should not be there (fan-out)."""
        columns = [_FACT.c[name] for name in ("unit", *_FACT_COLUMNS, "stage")]
        return await self._differing(_facts(unit), select(*columns).where(_FACT.c.unit == unit))

    async def wrong_cells(self, unit: Unit) -> int:
        """How many counts are missing, or not what they should be (fan-out)."""
        wrong = 0
        for area, expected in (
            (_CELL.c.area != NATIONWIDE, union_all(*_of_provinces(unit))),
            (_CELL.c.area == NATIONWIDE, union_all(*_of_nation(unit))),
        ):
            due = expected.subquery()
            kept = select(_CELL).where(_CELL.c.unit == unit, area, _CELL.c["count"] != 0)
            right = select(due).where(due.c["count"] != 0)
            wrong += await self._differing(right, kept)
        return wrong

    async def _differing(self, expected: Select[Any], kept: Select[Any]) -> int:
        missing, odd = except_all(expected, kept), except_all(kept, expected)
        both = union_all(select(missing.subquery()), select(odd.subquery())).subquery()
        query = select(func.count()).select_from(both)
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0


def _leaves_reached() -> CTE:
    """Write down, in the statement that counts the signatures, up to which leaf they are counted.

    People sign meanwhile: of two statements the later one sees more than the earlier.
    """
    size = select(LedgerLog.size).where(LedgerLog.name == LogName.DECLARATIONS)
    held = update(FigureState).where(FigureState.name == STATE)
    return held.values(leaves=func.coalesce(size.scalar_subquery(), 0)).cte("reached")


def _facts(unit: Unit) -> Select[Any]:
    # The offset keeps apart what would else be told once for each use: the day, the election.
    rows = SOURCES[unit].rows(everything).offset(0).subquery()
    stages, query = [], select(*_words(unit), *(rows.c[name] for name in _FACT_COLUMNS))
    joined: Any = rows
    for length in (code_length(Depth.REGENCY), code_length(Depth.PROVINCE), 0):
        stage = FigureStage.__table__.alias(f"stage_{length}")
        code = func.left(rows.c.region_code, length) if length else literal(NATION)
        # A province stands in for a regency only where the code is longer.
        joined = joined.outerjoin(
            stage,
            and_(
                stage.c.election_code == rows.c.election_code,
                stage.c.region_code == code,
                rows.c.day.between(stage.c.since, stage.c.until),
            ),
        )
        stages.append(stage.c.stage)
    # Nothing is told by stages that has none of them.
    return query.add_columns(func.coalesce(*stages, "").label("stage")).select_from(joined)


def _words(unit: Unit) -> tuple[ColumnElement[str]]:
    return (as_type(literal(unit.value), Text).label("unit"),)


def _of_provinces(unit: Unit) -> Iterator[Select[Any]]:
    """The total, each dimension and each pair of them, in every province.

    Only what is told apart by days is counted from the things: the rest from what they are
    without them, of which there are far fewer.
    """
    things, number = _things(unit)
    own = [each.value for each in own_dimensions(unit)]
    undated = _summed(things, number, Depth.REGENCY, own)
    # Persons are of 1.2 million kinds in the regencies, and of 0.35 million in the provinces.
    whole = _summed(undated, undated.c.number, Depth.PROVINCE, own)
    names = in_order([REGENCY, DAY, *own])
    for by in ((), *((name,) for name in names), *combinations(names, 2)):
        if DAY in by:
            yield _grouped(unit, things, by, func.sum(number))
        else:
            rows = undated if REGENCY in by else whole
            yield _grouped(unit, rows, by, func.sum(rows.c.number))


def _summed(rows: FromClause, number: ColumnElement[int], depth: Depth, own: list[str]) -> CTE:
    """How many there are of each kind in each area, on all days together."""
    area = func.left(rows.c.region_code, code_length(depth)).label("region_code")
    kinds = [rows.c.election_code, *(rows.c[each] for each in own)]
    query = select(area, *kinds, func.sum(number).label("number")).group_by(area, *kinds)
    return query.cte(f"in_each_{depth}")


def _things(unit: Unit) -> tuple[FromClause, ColumnElement[int]]:
    """What is counted, and how many each row stands for."""
    if unit is Unit.SIGNATURE:
        rows = signatures().cte("signatures")
        return rows, rows.c.change
    facts = select(_FACT).where(_FACT.c.unit == unit).subquery()
    return facts, literal(1)


def _grouped(
    unit: Unit, rows: FromClause, by: tuple[str, ...], count: ColumnElement[int]
) -> Select[Any]:
    area = func.left(rows.c.region_code, code_length(Depth.PROVINCE))
    keys = [key_of(rows, name) for name in by]
    codes = (*keys, literal(""), literal(""))[:2]
    query = _row(unit, by, area, rows.c.election_code, *codes, count)
    # A day is written out once for each count, not for each thing.
    kinds = [rows.c.day if name == DAY else key for name, key in zip(by, keys, strict=True)]
    return query.select_from(rows).group_by(area, rows.c.election_code, *kinds)


def _of_nation(unit: Unit) -> Iterator[Select[Any]]:
    """What the provinces add up to, and what they are told apart by."""
    cell = _CELL.c
    of_provinces = cell.unit == unit, cell.area != NATIONWIDE
    kept = (cell.by_a, cell.by_b, cell.election_code, cell.code_a, cell.code_b)
    summed = select(
        *_words(unit),
        cell.by_a,
        cell.by_b,
        literal(NATIONWIDE),
        *kept[2:],
        _big(func.sum(cell["count"])),
    )
    yield summed.where(*of_provinces, cell.by_a != REGENCY, cell.by_b != REGENCY).group_by(*kept)
    for name in ("", DAY, *(each.value for each in own_dimensions(unit))):
        singles = *of_provinces, cell.by_a == name, cell.by_b == ""
        yield _by_province(unit, name).where(*singles)


def _by_province(unit: Unit, name: str) -> Select[Any]:
    """The counts of each province under one more dimension, itself."""
    cell = _CELL.c
    by = tuple(in_order({name, PROVINCE} - {""}))
    codes = {PROVINCE: cell.area, name: cell.code_a} if name else {PROVINCE: cell.area}
    code_a, code_b = (*(codes[each] for each in by), literal(""))[:2]
    return _row(unit, by, literal(NATIONWIDE), cell.election_code, code_a, code_b, cell["count"])


def _row(unit: Unit, by: tuple[str, ...], area: Any, election: Any, *counted: Any) -> Select[Any]:
    by_a, by_b = (*by, "", "")[:2]
    code_a, code_b, count = counted
    words = (*_words(unit), literal(by_a).label("by_a"), literal(by_b).label("by_b"))
    codes = code_a.label("code_a"), code_b.label("code_b")
    return select(*words, area.label("area"), election, *codes, _big(count))


def _big(count: Any) -> Any:
    return as_type(count, _CELL.c["count"].type).label("count")
