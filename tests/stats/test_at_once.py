"""Many first readers at the same instant, over connections of their own that really commit."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.models import JournalEntry
from app.core.database import Sessions, open_sessions
from app.stats.models.figures import FigureCell, FigureDelta, FigureFact, FigureState
from app.stats.models.tables import PublicTable
from app.stats.schemas.public import PublicTableOut
from app.stats.service.folding import Folding
from app.stats.service.public import PublicTableService

A_MORNING = datetime(2031, 1, 1, 3, tzinfo=UTC)
READERS = 8


@pytest.fixture
async def committing(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[Sessions]:
    sessions = open_sessions(engine)
    await Folding(sessions).fold(A_MORNING)
    yield sessions
    async with owner.begin() as connection:
        ids = (await connection.scalars(select(PublicTable.id))).all()
        await connection.execute(delete(JournalEntry).where(JournalEntry.subject_id.in_(ids)))
        await connection.execute(delete(PublicTable))
        # Together: where the state alone is gone, what others count is numbered from one again.
        for kept in (FigureCell, FigureDelta, FigureFact, FigureState):
            await connection.execute(delete(kept))


async def read(sessions: Sessions) -> PublicTableOut:
    async with sessions.begin() as session:
        return await PublicTableService(session, A_MORNING).read("complaint")


async def test_first_readers_at_once_read_the_same_tables(committing: Sessions) -> None:
    answers = await asyncio.gather(*(read(committing) for _ in range(READERS)))

    assert all(answer == answers[0] for answer in answers)
    async with committing.begin() as session:
        tables = (await session.scalars(select(PublicTable.id))).all()
        entries = await session.scalar(
            select(func.count()).where(JournalEntry.subject_id.in_(tables))
        )
    assert (len(tables), entries) == (4, 4)


async def test_nobody_rewrites_what_was_published(committing: Sessions) -> None:
    await read(committing)

    with pytest.raises(ProgrammingError, match="permission denied"):
        async with committing.begin() as session:
            await session.execute(delete(PublicTable))
