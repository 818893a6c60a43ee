"""What the proofs share: one running service, because its start takes longer than most of them."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from tests.proofs.live import Live, running


@pytest.fixture(scope="session")
async def live() -> AsyncIterator[Live]:
    async with running() as live:
        yield live


@pytest.fixture
async def phone(live: Live) -> AsyncIterator[AsyncClient]:
    async with live.client() as client:
        yield client
