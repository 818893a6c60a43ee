"""Many rows in one statement: one array for each column, which PostgreSQL unpacks.

Nearly as quick as COPY into a temporary table, which the application's role may not create.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast

import msgspec
from sqlalchemy import (
    ARRAY,
    BindParameter,
    Column,
    ColumnClause,
    ColumnElement,
    Enum,
    Insert,
    Select,
    Table,
    TableValuedAlias,
    Text,
    Update,
    bindparam,
    func,
    inspect,
    literal_column,
    select,
)
from sqlalchemy import cast as as_type
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from app.core.database import Base

Row: TypeAlias = Sequence[object]
_GATHERED: Final = "gathered"
_JSON: Final = msgspec.json.Encoder()
_MANY: Final = 32
"""Rows from which on one value is sent for a column in which all have the same. The driver asks
each value of an array what it is, which is most of what a row costs it; of few rows too much would
be alike by chance, and each way in which they are makes another statement."""


class _Column(ARRAY[Any]):
    """An array of plain values, which go to the driver as they are.

    The toolkit asks every value what it is; in a batch of signatures this was a third of the work.
    """

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None


async def insert_each(
    session: AsyncSession, kind: type[Base], names: tuple[str, ...], rows: Iterable[Row]
) -> None:
    """Insert all rows, each with a value for each of these columns, of which a key tells them
    apart; nothing for no rows."""
    parts = list(zip(*rows, strict=True))
    if parts:
        columns = dict(zip(names, parts, strict=True))
        alike = frozenset(name for name, values in columns.items() if _is_one(values))
        table = cast(Table, inspect(kind).local_table)
        sent = {
            f"{table.name}_{name}": _sent(table.c[name], values, is_one=name in alike)
            for name, values in columns.items()
        }
        await write(session, _statement(table, names, alike), sent)


@asynccontextmanager
async def together(session: AsyncSession) -> AsyncIterator[None]:
    """Send all that is written within as one statement at the end, each table at most once.

    One way to the server and back instead of several: for what is written while others wait.
    """
    gathered: list[tuple[Insert | Update, Mapping[str, object]]] = []
    session.info[_GATHERED] = gathered
    try:
        yield
    finally:
        del session.info[_GATHERED]
    if gathered:
        values = {name: value for _, some in gathered for name, value in some.items()}
        await session.execute(_joined(tuple(each for each, _ in gathered)), values)


async def write(
    session: AsyncSession, statement: Insert | Update, values: Mapping[str, object]
) -> None:
    """Execute a statement that is made once for all, or let it go with the others `together`."""
    gathered = session.info.get(_GATHERED)
    if gathered is None:
        await session.execute(statement, values)
    else:
        gathered.append((statement, values))


def given(name: str, **columns: TypeEngine[Any]) -> TableValuedAlias:
    """A table of what is bound to parameters named `<name>_<column>`, one array for each column."""
    arrays = [
        bindparam(f"{name}_{each}", type_=_Column(kind), unique=False)
        for each, kind in columns.items()
    ]
    parts = [named(each, kind) for each, kind in columns.items()]
    return func.unnest(*arrays).table_valued(*parts, name=name).render_derived()


def bound(name: str, **columns: Iterable[object]) -> dict[str, list[object]]:
    """The parameters for `given`."""
    return {f"{name}_{each}": list(values) for each, values in columns.items()}


@lru_cache(maxsize=128)
def _statement(table: Table, names: tuple[str, ...], alike: frozenset[str]) -> Insert:
    """`alike` are the columns of which one value is sent for all rows."""
    columns = [table.c[name] for name in names]
    apart = {each.key: _stored(each) for each in columns if each.key not in alike}
    rows = given(table.name, **apart).c
    values = [
        _value(each, rows[each.key] if each.key in apart else _same(each)) for each in columns
    ]
    return insert(table).from_select(names, select(*values))


def _same(column: Column[Any]) -> BindParameter[Any]:
    return bindparam(f"{column.table.name}_{column.key}", type_=_stored(column), unique=False)


def _value(column: Column[Any], sent: ColumnElement[Any]) -> ColumnElement[Any]:
    return as_type(sent, JSONB) if isinstance(column.type, JSONB) else sent


@lru_cache(maxsize=128)
def _joined(statements: tuple[Insert | Update, ...]) -> Select[Any]:
    done: ColumnClause[int] = literal_column("1")
    parts = [each.returning(done).cte(f"part_{at}") for at, each in enumerate(statements)]
    return select(done).add_cte(*parts)


def _stored(column: Column[Any]) -> TypeEngine[Any]:
    """Enumerations and JSON travel as text: there is no array type for either."""
    return Text() if isinstance(column.type, (Enum, JSONB)) else column.type


def _sent(column: Column[Any], values: Sequence[object], *, is_one: bool) -> object:
    some = values[:1] if is_one else values
    plain = [_json(each) for each in some] if isinstance(column.type, JSONB) else list(some)
    return plain[0] if is_one else plain


def _json(value: object) -> str:
    return _JSON.encode(value).decode()


def _is_one(values: Sequence[object]) -> bool:
    return len(values) >= _MANY and values.count(values[0]) == len(values)
