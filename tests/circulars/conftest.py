from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import read_clock
from tests.people import office_id, officer
from tests.rakor.meeting import Desk, told

DAY_OF_THE_LETTER = datetime(2024, 9, 17, 3, tzinfo=UTC)

SetClock: TypeAlias = Callable[[datetime], None]
OpenDesk: TypeAlias = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def set_clock(app: FastAPI) -> AsyncIterator[SetClock]:
    """A clock of the test's own: letters have days, and days have to come."""
    moments = [DAY_OF_THE_LETTER]

    async def read() -> datetime:
        return moments[-1]

    app.dependency_overrides[read_clock] = read
    yield moments.append
    del app.dependency_overrides[read_clock]


@pytest.fixture
def open_desk(
    client: AsyncClient, sessions: Sessions, keys: Keyring, set_clock: SetClock
) -> OpenDesk:
    """Seat an officer at an office."""

    async def open_(office_code: str, role: Role = Role.PREVENTION_STAFF) -> Desk:
        headers = await officer(sessions, keys, role=role, office_code=office_code)
        return Desk(client, headers, str(await office_id(sessions, office_code)))

    return open_


@pytest.fixture
async def sinjai(open_desk: OpenDesk) -> Desk:
    return await open_desk("bawaslu-73.07")


@pytest.fixture
async def personnel(sessions: Sessions, keys: Keyring, open_desk: OpenDesk) -> Desk:
    """The personnel agency of Sinjai, which is in the register and has an officer."""
    admin = await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")
    desk = await open_desk("bawaslu-73.07")
    office = {"kind": "personnel_agency", "region_code": "73.07", "name": "BKPSDM Rekaan"}
    told(await desk.client.post("/offices", json=office, headers=admin), 201)
    return await open_desk("personnel-agency-73.07", Role.PPK_OFFICER)
