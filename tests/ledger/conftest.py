from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.database import Sessions, open_sessions
from tests.ledger.committing import sweep


@pytest.fixture
async def committed(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[Sessions]:
    """Units of work that really commit; what they leave is removed again."""
    # What others left committed in the journal would be chained as well.
    await sweep(owner)
    yield open_sessions(engine)
    await sweep(owner)
