"""A clock of the test's own, and a page that remembers nothing of the test before."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.dashboard.service.board import RECENT
from app.dashboard.service.published import KNOWN
from app.web.clock import read_clock

THE_FIFTH = datetime(2024, 11, 5, 3, tzinfo=UTC)
SetClock = Callable[[datetime], None]


@pytest.fixture
async def set_clock(app: FastAPI) -> AsyncIterator[SetClock]:
    """It is the morning of 5 November 2024 until the test says otherwise."""
    moments = [THE_FIFTH]

    async def read() -> datetime:
        return moments[-1]

    app.dependency_overrides[read_clock] = read
    yield moments.append
    del app.dependency_overrides[read_clock]


@pytest.fixture
async def browser(app: FastAPI, set_clock: SetClock) -> AsyncIterator[AsyncClient]:
    RECENT.forget()
    KNOWN.forget()
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as browser:
        yield browser
    RECENT.forget()
