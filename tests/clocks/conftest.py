from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.jobs.loading import load
from app.clocks.repository.law import LAW
from app.core.database import Sessions


@pytest.fixture
async def session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """The shipped rows are loaded; what a test reads is not what another read before it."""
    LAW.forget()
    async with sessions.begin() as session:
        await load(session, lambda done, whole: None)
        await session.flush()
        yield session
    LAW.forget()
