"""Officers of three offices: the one that declares, one next door, and one above both."""

import pytest

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.declarations.declaring import Headers
from tests.people import officer


@pytest.fixture
async def sijunjung(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-13.03")


@pytest.fixture
async def sinjai(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-73.07")


@pytest.fixture
async def national(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.PREVENTION_STAFF, office_code="bawaslu-00")
