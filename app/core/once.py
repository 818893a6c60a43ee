"""Doing a thing exactly once, however often a phone asks for it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import inspect
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
    columns = inspect(type(row)).column_attrs
    values = {each.key: getattr(row, each.key) for each in columns if hasattr(row, each.key)}
    statement = insert(type(row)).values(values).on_conflict_do_nothing()
    first_column = columns[0].columns[0]
    return await session.scalar(statement.returning(first_column)) is not None
