"""A handler in Jeneponto, the custodian of the province, and a clock that can be set."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from fastapi import FastAPI

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present, read_clock
from tests.complaints.identity.asking import (
    HERE,
    Headers,
)
from tests.people import officer


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code=HERE)


@pytest.fixture
async def custodian(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="custodian", office_code="bawaslu-73")


@pytest.fixture
async def clock(app: FastAPI) -> AsyncIterator[list[datetime]]:
    """The moment at which every request of the test happens, once it is said."""
    said: list[datetime] = []
    app.dependency_overrides[read_clock] = lambda: said[-1] if said else present()
    yield said
    app.dependency_overrides.clear()
