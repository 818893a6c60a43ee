"""What every source of facts answers: the same columns, whatever the tables below look like."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    union,
)
from sqlalchemy import literal_column as verbatim

from app.core.arrays import given
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.dimensions import UNKNOWN, Dimension
from app.stats.rules.periods import WIB

Among: TypeAlias = Callable[[SQLColumnExpression[UUID]], ColumnElement[bool]]
"""Which things are asked for, by the column that names them."""

TOUCHED: Final = given("touched", region_id=Integer(), id=Uuid())
"""The subjects of acts: where each lies, and its id."""

SINGLE: Final = (
    "status",
    "channel",
    "source",
    "outcome",
    "furthest_step",
    "follow_up",
    "subject_group",
    "position_group",
    "days",
)
LISTS: Final = ("kind", "result_category", "violation_kind")

_IDS: Final = bindparam("ids", type_=ARRAY(Uuid))


def everything(_: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    return true()


def the_given(column: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """Only the things whose ids are bound to `ids`."""
    return column == any_(_IDS)


def is_touched(column: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """Whether an act had this as its subject, wherever it lies."""
    return column.in_(select(TOUCHED.c.id))


def row(
    thing_id: SQLColumnExpression[UUID],
    region_code: SQLColumnExpression[str],
    day: SQLColumnExpression[date],
    election_code: SQLColumnExpression[str | None] | None = None,
    **codes: SQLColumnExpression[Any],
) -> Select[Any]:
    """One thing in each row; what a unit is not told apart by stays empty."""
    columns: list[SQLColumnExpression[Any]] = [
        thing_id.label("thing_id"),
        codes.pop("part", literal("")).label("part"),
        region_code.label("region_code"),
        func.coalesce(election_code, "").label("election_code"),
        day.label("day"),
    ]
    columns += [cast(codes.pop(name, literal("")), Text).label(name) for name in SINGLE]
    columns += [codes.pop(name, _NOTHING).label(name) for name in LISTS]
    return select(*columns)


def local_day(moment: SQLColumnExpression[datetime]) -> SQLColumnExpression[date]:
    return cast(moment.op("AT TIME ZONE")(verbatim(f"'{WIB}'")), Date)


def days_between(
    start: SQLColumnExpression[datetime], end: SQLColumnExpression[datetime]
) -> ColumnElement[str]:
    """Whole calendar days in WIB; a clock that was set back never makes it less than none."""
    return cast(func.greatest(local_day(end) - local_day(start), 0), Text)


def known(code: SQLColumnExpression[Any]) -> ColumnElement[str]:
    return func.coalesce(cast(code, Text), UNKNOWN)


def one(code: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """A list of this code alone."""
    return func.array_append(_NOTHING, known(code))


def some(codes: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """A list that was gathered; nothing where there was nothing to gather."""
    return func.coalesce(codes, _NOTHING)


def listed(codes: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """A list of texts out of a JSON array of them."""
    each = func.jsonb_array_elements_text(codes).column_valued("each")
    return func.array(select(each).order_by(each).scalar_subquery())


def gathered(code: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """Each code of a group once, in order."""
    return func.array_agg(cast(code, Text).distinct())


_NOTHING: Final = cast(literal("{}", literal_execute=True), ARRAY(Text))


def key_of(rows: FromClause, name: str) -> SQLColumnExpression[Any]:
    """The code by which rows of this shape are told apart; a row with several is there several
    times."""
    if name in frozenset(Depth):
        return func.left(rows.c.region_code, code_length(Depth(name)))
    column = rows.c[name]
    if isinstance(column.type, ARRAY):
        return func.unnest(column).column_valued(f"each_{name}", joins_implicitly=True)
    return cast(column, Text) if name == Dimension.DAY else column


def all_of(*parts: Select[Any]) -> Select[Any]:
    """The ids that any of these answers, each once."""
    found = union(*parts).subquery()
    return select(*found.c)
