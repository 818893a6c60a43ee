"""Clocks of tests that really commit, taken away again."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.clocks.models import ClockDue, DeadlineClock


async def forget_clocks(connection: AsyncConnection, subjects: Collection[UUID]) -> None:
    """Take away what runs, or ran, on these; left behind, others would count it as a deadline."""
    clocks = select(DeadlineClock.id).where(DeadlineClock.subject_id.in_(subjects))
    await connection.execute(delete(ClockDue).where(ClockDue.clock_id.in_(clocks)))
    await connection.execute(delete(DeadlineClock).where(DeadlineClock.subject_id.in_(subjects)))
