"""How what was done becomes facts, their changes, and the counts of nation and provinces."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Select,
    Table,
    Text,
    Uuid,
    any_,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.audit.repository import CLUSTER
from app.core.arrays import bound, given
from app.core.ids import new_id
from app.stats.models.figures import FigureCell, FigureDelta, FigureFact, FigureState
from app.stats.repository.sources.prevention import signed_between
from app.stats.repository.sources.shape import all_of, the_given
from app.stats.repository.sources.table import SOURCES
from app.stats.repository.telling import columns_of, kept, signatures_told, told
from app.stats.rules.facts import Cell, Thing, Told
from app.stats.rules.stages import Stages
from app.stats.rules.units import Unit

STATE: Final = "figures"

_FAN_OUT: Final = {"fan_out": True}
_CELL: Final = cast(Table, FigureCell.__table__)
_STATE: Final = cast(Table, FigureState.__table__)
_KEY: Final = [column.key for column in _CELL.primary_key.columns]
_ROWS: Final = given("cell", **dict.fromkeys(Cell._fields, Text()), count=BigInteger()).c
_INSERT: Final = insert(_CELL).from_select(
    [*Cell._fields, "count"], select(*(_ROWS[name] for name in (*Cell._fields, "count")))
)
_ADD: Final = _INSERT.on_conflict_do_update(
    index_elements=_KEY, set_={"count": _CELL.c.count + _INSERT.excluded["count"]}
)


class Subject(NamedTuple):
    """What something was done with."""

    region_id: int
    id: UUID


class Fold(NamedTuple):
    """The number of a fold, and its moment."""

    number: int
    at: datetime


class Signed(NamedTuple):
    """How one act on signatures changed the number of those told apart so."""

    act: str
    told: Told
    change: int


class FoldingRepository:
    """Whoever has called `hold` is the only one who writes here until the commit."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def hold(self) -> FigureState:
        """Hold the one row that says how far the figures are, made where it is missing."""
        first = insert(FigureState).values(
            name=STATE, fold=0, first_fold=0, since_transaction=0, leaves=0, cluster=0, calendar=""
        )
        await self.session.execute(first.on_conflict_do_nothing())
        query = select(FigureState).where(FigureState.name == STATE).with_for_update()
        held = query.execution_options(populate_existing=True)
        return (await self.session.scalars(held)).one()

    async def cluster(self) -> int:
        number: int = (await self.session.scalars(select(CLUSTER))).one()
        return number

    async def touched(self, unit: Unit, subjects: Collection[Subject]) -> list[UUID]:
        """The things of a unit that acts on these subjects may have changed (fan-out)."""
        values = bound(
            "touched",
            region_id=[each.region_id for each in subjects],
            id=[each.id for each in subjects],
        )
        found = await self.session.scalars(
            SOURCES[unit].touched(), values, execution_options=_FAN_OUT
        )
        return list(found)

    async def behind(self, unit: Unit, last: UUID | None, most: int) -> list[UUID]:
        """The next things of a unit, by their ids: all there are, and all that were counted."""
        kept = _page(FigureFact.thing_id, last, most).where(FigureFact.unit == unit)
        pages = [kept, *(_page(id, last, most) for id in SOURCES[unit].ids)]
        found = all_of(*(select(page.subquery()) for page in pages)).subquery().c[0]
        query = select(found).order_by(found).limit(most)
        return list(await self.session.scalars(query, execution_options=_FAN_OUT))

    async def now(self, unit: Unit, ids: list[UUID], stages: Stages) -> dict[Thing, Told]:
        """What these things count as by the tables below (fan-out)."""
        query = SOURCES[unit].rows(the_given)
        rows = await self.session.execute(query, {"ids": ids}, execution_options=_FAN_OUT)
        return {Thing(row.thing_id, row.part): told(unit, row, stages) for row in rows}

    async def before(self, unit: Unit, ids: list[UUID]) -> dict[Thing, Told]:
        """What these things counted as when they were folded last."""
        fact = FigureFact
        query = select(fact).where(
            fact.unit == unit, fact.thing_id == any_(bindparam("ids", type_=ARRAY(Uuid)))
        )
        rows = await self.session.scalars(query, {"ids": ids})
        return {Thing(each.thing_id, each.part): kept(each) for each in rows}

    async def signed(self, first: int, beyond: int) -> list[Signed]:
        """What the leaves of this piece of the log change (fan-out)."""
        rows = await self.session.execute(signed_between(first, beyond), execution_options=_FAN_OUT)
        return [Signed(row.act, signatures_told(row), int(row.change)) for row in rows]

    async def replace(self, unit: Unit, gone: Iterable[Thing], new: Mapping[Thing, Told]) -> None:
        out = [{"u": unit, "i": thing.id, "p": thing.part} for thing in gone]
        if out:
            fact = cast(Table, FigureFact.__table__)
            await self.session.execute(
                delete(fact).where(
                    fact.c.unit == bindparam("u"),
                    fact.c.thing_id == bindparam("i"),
                    fact.c.part == bindparam("p"),
                ),
                out,
            )
        rows = [
            {**columns_of(each), "thing_id": thing.id, "part": thing.part}
            for thing, each in new.items()
        ]
        if rows:
            await self.session.execute(insert(FigureFact), rows)

    async def note(self, fold: Fold, reason: str, changes: Mapping[Told, int]) -> None:
        told = {"fold": fold.number, "at": fold.at, "reason": reason}
        rows = [
            {**columns_of(each), **told, "id": new_id(), "change": change}
            for each, change in changes.items()
        ]
        if rows:
            await self.session.execute(insert(FigureDelta), rows)

    async def add(self, cells: Mapping[Cell, int]) -> None:
        """Add to the counts, in the order of their key."""
        if not cells:
            return
        ordered = sorted(cells.items())
        parts = zip(*(cell for cell, _ in ordered), strict=True)
        columns = dict(zip(Cell._fields, parts, strict=True))
        values = bound("cell", **columns, count=[count for _, count in ordered])
        await self.session.execute(_ADD, values)

    async def reach(self, state: FigureState, at: datetime | None = None) -> None:
        """Write down how far the figures are; with a moment, that they changed at it."""
        kept = [each.key for each in _STATE.columns if each.key not in {"name", "at"}]
        values: dict[str, Any] = {name: getattr(state, name) for name in kept}
        if at is not None:
            values["at"] = at
        held = update(FigureState).where(FigureState.name == STATE)
        await self.session.execute(held.values(values))


def _page(id: InstrumentedAttribute[UUID], last: UUID | None, most: int) -> Select[Any]:
    page = select(id.label("id")).distinct().order_by(id).limit(most)
    return page if last is None else page.where(id > last)
