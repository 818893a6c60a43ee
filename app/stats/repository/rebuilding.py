"""The figures as they have to be by the tables below: to make them anew, and to check them."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
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
from sqlalchemy import literal_column as verbatim
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
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

Pair: TypeAlias = tuple[Select[Any], Select[Any]]

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

    async def forget(self, unit: Unit) -> None:
        for kept in (FigureFact, FigureCell):
            await self.session.execute(delete(kept).where(kept.unit == unit))

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

    async def is_right(self, unit: Unit) -> bool:
        """Whether all that is kept of a unit is what the tables below tell (fan-out)."""
        for due, kept in _all_kept(unit):
            if not await self._are_equal(due, kept):
                return False
        return True

    async def wrong_facts(self, unit: Unit) -> int:
        """How many facts are missing, or should not be there (fan-out)."""
        return await self._differing(*_facts_kept(unit))

    async def wrong_cells(self, unit: Unit) -> int:
        """How many counts are missing, or not what they should be (fan-out)."""
        return sum([await self._differing(*each) for each in _cells_kept(unit)])

    async def _are_equal(self, due: Select[Any], kept: Select[Any]) -> bool:
        """By their number and the sums of two hashes of every row, 128 bits: what differs anywhere
        would have to be sorted beside each other, and takes twice as long."""
        prints = await self.session.execute(
            union_all(_print(due), _print(kept)), execution_options=_FAN_OUT
        )
        one, other = prints.all()
        return one == other

    async def _differing(self, due: Select[Any], kept: Select[Any]) -> int:
        if await self._are_equal(due, kept):
            return 0
        missing, odd = except_all(due, kept), except_all(kept, due)
        both = union_all(select(missing.subquery()), select(odd.subquery())).subquery()
        query = select(func.count()).select_from(both)
        return await self.session.scalar(query, execution_options=_FAN_OUT) or 0


def _all_kept(unit: Unit) -> Iterator[Pair]:
    if unit in SOURCES:
        yield _facts_kept(unit)
    yield from _cells_kept(unit)


def _facts_kept(unit: Unit) -> Pair:
    """What should be kept, and what is."""
    columns = [_FACT.c[name] for name in ("unit", *_FACT_COLUMNS, "stage")]
    return _facts(unit), select(*columns).where(_FACT.c.unit == unit)


def _cells_kept(unit: Unit) -> Iterator[Pair]:
    """The same of the counts, those of the provinces and those of the nation."""
    for area, counted in (
        (_CELL.c.area != NATIONWIDE, union_all(*_of_provinces(unit))),
        (_CELL.c.area == NATIONWIDE, union_all(*_of_nation(unit))),
    ):
        due = counted.subquery()
        kept = select(_CELL).where(_CELL.c.unit == unit, area, _CELL.c["count"] != 0)
        yield select(due).where(due.c["count"] != 0), kept


def _print(query: Select[Any]) -> Select[Any]:
    rows = query.subquery()
    hashes = (func.hash_record_extended(func.row(*rows.c), verbatim(seed)) for seed in "12")
    sums: list[ColumnElement[Any]] = [func.count(), *(func.sum(each) for each in hashes)]
    return select(*sums)


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
    calendar = _calendars()
    stages, query = [], select(*_words(unit), *(rows.c[name] for name in _FACT_COLUMNS))
    joined: Any = rows
    for length in (code_length(Depth.REGENCY), code_length(Depth.PROVINCE), 0):
        own = calendar.alias(f"calendar_{length}")
        code = func.left(rows.c.region_code, length) if length else literal(NATION)
        # A province stands in for a regency only where the code is longer.
        same = (own.c.election_code == rows.c.election_code) & (own.c.region_code == code)
        joined = joined.outerjoin(own, same)
        stages.append(own.c.stages[func.width_bucket(rows.c.day, own.c.since)])
    # Nothing is told by stages that has none of them.
    return query.add_columns(func.coalesce(*stages, "").label("stage")).select_from(joined)


def _calendars() -> CTE:
    """The stages of each calendar in their order, and the days on which each begins; behind the
    last one a day that has none. In a row for each stage, every thing would be held against the
    twenty stages of its election."""
    stage = FigureStage
    since = aggregate_order_by(stage.since, stage.since)
    stages = aggregate_order_by(stage.stage, stage.since)
    beyond = func.max(stage.until) + 1
    query = select(
        stage.election_code,
        stage.region_code,
        func.array_append(func.array_agg(since), beyond).label("since"),
        func.array_agg(stages, type_=ARRAY(Text)).label("stages"),
    )
    return query.group_by(stage.election_code, stage.region_code).cte("calendar")


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
