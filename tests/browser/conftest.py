"""The real page in a real browser: the application listens, and Chromium looks at it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from playwright.async_api import Browser, Page, async_playwright

from app.core.database import Sessions
from app.dashboard.service.board import RECENT
from app.dashboard.service.published import KNOWN
from app.stats.rules.units import Unit
from app.stats.service.folding import Folding
from app.stats.service.freezing import Freezing
from app.web.clock import read_clock
from tests.browser.finding import OPTIONS, browser_path
from tests.complaints.filing import file
from tests.web.listening import listening

THE_SIXTH: Final = datetime(2024, 11, 6, 3, tzinfo=UTC)
FILED: Final = {"73.04": 6, "13.03": 2, "51.03": 2}


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = browser_path()
        browser = await playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        await browser.close()


@pytest.fixture
async def origin(app: FastAPI, client: AsyncClient, sessions: Sessions) -> AsyncIterator[str]:
    """The application with something to show, listening on a port of its own."""
    moments = [THE_SIXTH - timedelta(days=1)]

    async def read() -> datetime:
        return moments[-1]

    app.dependency_overrides[read_clock] = read
    for region, times in FILED.items():
        for _ in range(times):
            await file(client, event={"region_code": region})
    moments.append(THE_SIXTH)
    await Folding(sessions).fold(THE_SIXTH)
    async with sessions.begin() as session:
        await Freezing(session, THE_SIXTH).freeze(Unit.COMPLAINT)
    RECENT.forget()
    KNOWN.forget()
    async with listening(app) as address:
        yield address.removesuffix("/api/v1")
    RECENT.forget()
    del app.dependency_overrides[read_clock]


@pytest.fixture
async def page(chromium: Browser, origin: str) -> AsyncIterator[Page]:
    """A window of a small phone."""
    page = await chromium.new_page(base_url=origin, viewport={"width": 360, "height": 740})
    yield page
    await page.close()
