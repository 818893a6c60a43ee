from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.jobs.loading import load
from app.clocks.repository.law import LAW
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.clocks.proposing import Lawgivers
from tests.people import officer


@pytest.fixture
async def session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """The shipped rows are loaded; what a test reads is not what another read before it."""
    LAW.forget()
    async with sessions.begin() as session:
        await load(session, lambda done, whole: None)
        await session.flush()
        yield session
    LAW.forget()


@pytest.fixture
async def law(
    client: AsyncClient, session: AsyncSession, sessions: Sessions, keys: Keyring
) -> Lawgivers:
    one, other = [
        await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-00") for _ in range(2)
    ]
    return Lawgivers(client, session, one, other)
