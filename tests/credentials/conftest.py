"""A clock that tests can move, and an officer who signs in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI

from app.accounts.models import Officer
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present, read_clock
from tests.people import add_officer


class MovedClock:
    """The present moment of the application, some time ahead of the real one."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def pass_by(self, **time: float) -> None:
        self.ahead += timedelta(**time)

    async def __call__(self) -> datetime:
        return present() + self.ahead


@pytest.fixture
def clock(app: FastAPI) -> Iterator[MovedClock]:
    moved = MovedClock()
    # The framework wants a function here, not an object that can be called.
    app.dependency_overrides[read_clock] = moved.__call__
    yield moved
    app.dependency_overrides.clear()


@pytest.fixture(autouse=True)
def no_wait_for_guessers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a wrong credential costs is tested with the kit; here it would only take time."""
    monkeypatch.setattr("app.web.limits._LONGEST_WAIT", 0.0)


@pytest.fixture
async def handler(sessions: Sessions, keys: Keyring) -> Officer:
    return await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")
