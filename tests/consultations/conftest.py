import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.consultations.asking import Desk
from tests.people import officer


async def _desk(
    client: AsyncClient, sessions: Sessions, keys: Keyring, office: str = "bawaslu-73.04"
) -> Desk:
    headers = await officer(sessions, keys, role="prevention_staff", office_code=office)
    return Desk(client, headers)


@pytest.fixture
async def desk(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await _desk(client, sessions, keys)


@pytest.fixture
async def second(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    """Another officer of the same office."""
    return await _desk(client, sessions, keys)


@pytest.fixture
async def elsewhere(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await _desk(client, sessions, keys, "bawaslu-13.03")


@pytest.fixture
async def province(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await _desk(client, sessions, keys, "bawaslu-73")
