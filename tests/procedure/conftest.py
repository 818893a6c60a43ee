from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import read_clock
from tests.cases.handling import handler, member
from tests.cases.reviewing import give_own_code
from tests.people import office_id, officer
from tests.procedure.office import Agencies, Office, Time
from tests.referrals.forwarding import cast_of


@pytest.fixture
def time(app: FastAPI) -> Iterator[Time]:
    """The clock on the wall, which a test sets before each act."""
    time = Time()
    app.dependency_overrides[read_clock] = time.read
    yield time
    app.dependency_overrides.clear()


Open: TypeAlias = Callable[[str, str], Awaitable[Office]]


@pytest.fixture
def open_office(client: AsyncClient, sessions: Sessions, keys: Keyring, time: Time) -> Open:
    """An office with its staff and its code in Bawaslu's own numbering."""

    async def opened(code: str, own_code: str) -> Office:
        await give_own_code(sessions, code, own_code)
        staff = [await hire(sessions, keys, code) for hire in (handler, member)]
        return Office(client, time, code.removeprefix("bawaslu-"), *staff)

    return opened


@pytest.fixture
async def jeneponto(open_office: Open) -> Office:
    """In the zone of Makassar."""
    return await open_office("bawaslu-73.04", "27.09")


@pytest.fixture
async def lubuklinggau(open_office: Open) -> Office:
    """In the zone of Jakarta."""
    return await open_office("bawaslu-16.73", "06.04")


@pytest.fixture
async def agencies(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Agencies:
    """The authorities that answer for a civil servant of Jeneponto."""
    cast = await cast_of(client, sessions, keys)
    police = await officer(sessions, keys, role="gakkumdu_police", office_code="gakkumdu")
    bkn, centre = [str(await office_id(sessions, code)) for code in ("bkn", "gakkumdu")]
    return Agencies(client, dict(cast.bkn), bkn, dict(cast.ppk), cast.agency, police, centre)
