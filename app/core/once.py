"""Doing a thing exactly once, however often a phone asks for it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import inspect, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Base

T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What was answered, and whether it happened now or at an earlier request."""

    answer: T
    first: bool


async def insert_once(session: AsyncSession, row: Base) -> bool:
    """Insert a row under its client-made id; False where the id is taken.

    A copy that arrives at the same instant waits here until the first has committed, so whoever
    gets False can read what the first wrote.
    """
    table = inspect(type(row)).local_table
    values = {column.key: getattr(row, column.key) for column in table.columns}
    statement = insert(type(row)).values(values).on_conflict_do_nothing()
    return await session.scalar(statement.returning(literal_column("1"))) is not None
