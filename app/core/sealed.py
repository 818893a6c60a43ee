"""Where the values of the house name their data key, and how many name which."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    Uuid,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Base

# In words, because grouping by a parameter is grouping by another one.
_FIRST: Final[ColumnElement[int]] = literal_column("1")
_ID: Final[ColumnElement[int]] = literal_column("16")
_FAN_OUT: Final = {"fan_out": True}


@dataclass(frozen=True)
class SealedColumn:
    """A column of values that begin with the id of their data key; `context` is the id of its row
    that each is bound to."""

    table: Table
    column: Column[bytes]
    context: Column[UUID]
    region: Column[int] | None

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def key(self) -> ColumnElement[bytes]:
        return func.substring(self.column, _FIRST, _ID, type_=LargeBinary())

    def under(self, keys: Collection[UUID]) -> ColumnElement[bool]:
        return self.key.in_([key.bytes for key in keys])


def sealed_columns() -> list[SealedColumn]:
    """By rule: what is called sealed… is sealed by the keyring, under the one UUID in the primary
    key of its table."""
    return [
        SealedColumn(table, each, _context(table), _region(table))
        for table in _tables()
        for each in table.columns
        if each.name.startswith("sealed")
    ]


async def count_sealed(session: AsyncSession, where: SealedColumn) -> Counter[UUID]:
    """How many values of a column lie under each key (fan-out)."""
    query = select(where.key, func.count()).where(where.column.is_not(None)).group_by(where.key)
    rows = (await session.execute(query, execution_options=_FAN_OUT)).all()
    return Counter({UUID(bytes=key): number for key, number in rows})


async def count_named(session: AsyncSession, keys: Collection[UUID]) -> int:
    """How many values of the whole house lie under these keys, all at one moment (fan-out): what
    moves from one table to another meanwhile is seen in one of them."""
    counts = [_number_under(where, keys) for where in sealed_columns()]
    return await session.scalar(select(sum(counts, literal(0))), execution_options=_FAN_OUT) or 0


def _number_under(where: SealedColumn, keys: Collection[UUID]) -> ColumnElement[int]:
    query = select(func.count()).select_from(where.table).where(where.under(keys))
    return query.scalar_subquery()


async def count_values(session: AsyncSession) -> Counter[UUID]:
    """How many values of the whole house name each key; by rule, a row under a blind index or a
    receipt key names it in `key_id`."""
    values: Counter[UUID] = Counter()
    for where in sealed_columns():
        values += await count_sealed(session, where)
    for key_id in [table.c.key_id for table in _tables() if "key_id" in table.c]:
        query = select(key_id, func.count()).group_by(key_id)
        values += Counter(dict((await session.execute(query, execution_options=_FAN_OUT)).all()))
    return values


def _tables() -> list[Table]:
    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def _context(table: Table) -> Column[UUID]:
    [id] = [each for each in table.primary_key if isinstance(each.type, Uuid)]
    return id


def _region(table: Table) -> Column[int] | None:
    return next((each for each in table.primary_key if each.name == "region_id"), None)
