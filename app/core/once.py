"""Doing a thing exactly once, however often a phone asks for it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar, cast

from sqlalchemy import Select, Table, bindparam, func, inspect, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Base, Json

T = TypeVar("T")
Kinds: TypeAlias = tuple[type[Base], ...]


@dataclass(frozen=True)
class Done(Generic[T]):
    """What was answered, and whether it happened now or at an earlier request."""

    answer: T
    first: bool


async def insert_once(session: AsyncSession, row: Base, *parts: Base) -> bool:
    """Insert a row under its client-made id, and its parts with it; False where the id is taken.

    A copy that arrives at the same instant waits here until the first has committed, so whoever
    gets False can read what the first wrote. All of it is one statement: measured, a complaint
    with its parts took half the time that one statement for each table did.
    """
    rows = (row, *parts)
    values: Json = {}
    for number, each in enumerate(rows):
        for column in _table(type(each)).columns:
            values[f"{column.key}_{number}"] = getattr(each, column.key)
    statement = _statement(tuple(type(each) for each in rows))
    return bool(await session.scalar(statement, values))


@lru_cache(maxsize=512)
def _statement(kinds: Kinds) -> Select[int]:
    """`WITH first AS (INSERT … ON CONFLICT DO NOTHING), part AS (INSERT … FROM first) …`"""
    table = _table(kinds[0])
    head = insert(table).values({c.key: _value(c.key, 0, table) for c in table.columns})
    first = head.on_conflict_do_nothing().returning(literal_column("1").label("done")).cte("first")
    statement = select(func.count()).select_from(first)
    for number, table in enumerate(map(_table, kinds[1:]), start=1):
        names = [column.key for column in table.columns]
        source = select(*(_value(name, number, table) for name in names)).select_from(first)
        part = insert(table).from_select(names, source)
        statement = statement.add_cte(part.cte(f"part_{number}"))
    return statement


def _value(name: str, number: int, table: Table) -> Any:
    return bindparam(f"{name}_{number}", type_=table.columns[name].type)


def _table(kind: type[Base]) -> Table:
    return cast(Table, inspect(kind).local_table)
