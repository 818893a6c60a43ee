from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import read_clock
from tests.correspondence.mail import Post, post_office
from tests.people import office_id, officer
from tests.rakor.mailing import Worker
from tests.rakor.meeting import FIRST_DAY, Desk

BEFORE_THE_EVENT = datetime(2024, 9, 20, 3, tzinfo=UTC)

SetClock: TypeAlias = Callable[[datetime], None]
OpenDesk: TypeAlias = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def set_clock(app: FastAPI) -> AsyncIterator[SetClock]:
    """A clock of the test's own: events have days, and days have to come."""
    moments = [BEFORE_THE_EVENT]

    async def read() -> datetime:
        return moments[-1]

    app.dependency_overrides[read_clock] = read
    yield moments.append
    del app.dependency_overrides[read_clock]


@pytest.fixture
def open_desk(
    client: AsyncClient, sessions: Sessions, keys: Keyring, set_clock: SetClock
) -> OpenDesk:
    """Seat an officer at the Bawaslu of a region."""

    async def open_(region_code: str, role: Role = Role.PREVENTION_STAFF) -> Desk:
        code = f"bawaslu-{region_code}"
        headers = await officer(sessions, keys, role=role, office_code=code)
        return Desk(client, headers, str(await office_id(sessions, code)))

    return open_


@pytest.fixture
def on_the_day(set_clock: SetClock) -> None:
    """The doors of the first day are closed again."""
    set_clock(FIRST_DAY + timedelta(hours=10))


@pytest.fixture
async def sijunjung(open_desk: OpenDesk) -> Desk:
    return await open_desk("13.03")


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as post:
        yield post


@pytest.fixture
def worker(sessions: Sessions, keys: Keyring, post: Post, set_clock: SetClock) -> Worker:
    return Worker(sessions, keys, post, set_clock, BEFORE_THE_EVENT)
