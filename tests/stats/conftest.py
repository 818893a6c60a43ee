"""Officers and a machine that read figures, and a clock of the test's own."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from fastapi import FastAPI

from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import read_clock
from tests.people import officer, system

Headers: TypeAlias = dict[str, str]
SetClock: TypeAlias = Callable[[datetime], None]

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
