from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present, read_clock
from tests.referrals.forwarding import Cast, cast_of


@pytest.fixture
async def cast(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Cast:
    return await cast_of(client, sessions, keys)


@pytest.fixture
def in_days(app: FastAPI) -> Iterator[Callable[[int], None]]:
    """Let requests happen so many days from now."""

    def move(days: int) -> None:
        app.dependency_overrides[read_clock] = lambda: present() + timedelta(days=days)

    yield move
    app.dependency_overrides.pop(read_clock, None)
