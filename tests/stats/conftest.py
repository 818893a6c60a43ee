"""Officers and a machine that read figures, and a clock of the test's own."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Request

from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.stats.service.folding import Folding
from app.stats.service.watching import FigureWatch
from app.web.clock import read_clock
from tests.people import officer, system
from tests.referrals.forwarding import Cast, cast_of

Headers: TypeAlias = dict[str, str]
SetClock: TypeAlias = Callable[[datetime], None]

NEVER = 3_600.0
THE_FIFTH = datetime(2024, 11, 5, 3, tzinfo=UTC)


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
async def national(sessions: Sessions, keys: Keyring, set_clock: SetClock) -> Headers:
    return await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-00")


@pytest.fixture
async def sulsel(sessions: Sessions, keys: Keyring, set_clock: SetClock) -> Headers:
    return await officer(sessions, keys, role=Role.AUDITOR, office_code="bawaslu-73")


@pytest.fixture
async def sumbar(sessions: Sessions, keys: Keyring, set_clock: SetClock) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13")


@pytest.fixture
async def sijunjung(sessions: Sessions, keys: Keyring, set_clock: SetClock) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13.03")


@pytest.fixture
async def machine(sessions: Sessions, set_clock: SetClock) -> Headers:
    return await system(sessions, scopes={Permission.READ_STATISTICS})


@pytest.fixture
async def cast(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Cast:
    return await cast_of(client, sessions, keys)


@pytest.fixture(autouse=True)
def _worker(request: pytest.FixtureRequest) -> None:
    """As if the worker had folded just before anybody asks."""
    if "client" not in request.fixturenames:
        return
    app: FastAPI = request.getfixturevalue("app")
    client: AsyncClient = request.getfixturevalue("client")
    sessions: Sessions = request.getfixturevalue("sessions")

    async def fold(asked: Request) -> None:
        if asked.method == "GET" and "/stats/" in asked.url.path:
            now = app.dependency_overrides.get(read_clock, _the_fifth)
            await Folding(sessions).fold(await now())
            app.state.reached.forget()

    client.event_hooks["request"].append(fold)


async def _the_fifth() -> datetime:
    return THE_FIFTH


@pytest.fixture
async def watch(app: FastAPI, sessions: Sessions) -> FigureWatch:
    """It looks when the test says so; what was there before is folded and no move."""
    await Folding(sessions).fold(THE_FIFTH)
    app.state.watch = FigureWatch(lambda: app.state.sessions, seconds=NEVER, heartbeat=NEVER)
    watch: FigureWatch = app.state.watch
    return watch
