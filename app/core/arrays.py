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
    Column,
    ColumnClause,
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
    """Insert all rows, each with a value for each of these columns; nothing for no rows."""
    columns = list(zip(*rows, strict=True))
    if columns:
        table = cast(Table, inspect(kind).local_table)
        sent = {
            name: _sent(table.c[name], column) for name, column in zip(names, columns, strict=True)
        }
        await write(session, _statement(table, names), bound(table.name, **sent))


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
def _statement(table: Table, names: tuple[str, ...]) -> Insert:
    columns = [table.c[name] for name in names]
    rows = given(table.name, **{each.key: _stored(each) for each in columns}).c
    values = [
        as_type(rows[each.key], JSONB) if isinstance(each.type, JSONB) else rows[each.key]
        for each in columns
    ]
    return insert(table).from_select(names, select(*values))


@lru_cache(maxsize=128)
def _joined(statements: tuple[Insert | Update, ...]) -> Select[Any]:
    done: ColumnClause[int] = literal_column("1")
    parts = [each.returning(done).cte(f"part_{at}") for at, each in enumerate(statements)]
    return select(done).add_cte(*parts)


def _stored(column: Column[Any]) -> TypeEngine[Any]:
    """Enumerations and JSON travel as text: there is no array type for either."""
    return Text() if isinstance(column.type, (Enum, JSONB)) else column.type


def _sent(column: Column[Any], values: Sequence[object]) -> list[object]:
    if isinstance(column.type, JSONB):
        return [_JSON.encode(each).decode() for each in values]
    return list(values)
