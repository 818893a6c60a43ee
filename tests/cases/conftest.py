from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present, read_clock
from tests.cases import handling
from tests.cases.handing import ABOVE, BESIDE, HERE, Scene
from tests.cases.handling import opened
from tests.cases.lifting import Walled
from tests.cases.walling import declared, somebody
from tests.people import office_id


@pytest.fixture
def clock(app: FastAPI) -> Iterator[Callable[[datetime], None]]:
    """Say what time it is for every request that follows."""
    said: list[datetime] = []
    app.dependency_overrides[read_clock] = lambda: said[-1] if said else present()
    yield said.append
    app.dependency_overrides.clear()


@pytest.fixture
async def scene(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Scene:
    codes = (HERE, ABOVE, BESIDE, "bawaslu-00", "bawaslu-71", "bkn")
    return Scene(
        client,
        sessions,
        keys,
        desk=await handling.member(sessions, keys, HERE),
        province=await handling.member(sessions, keys, ABOVE),
        neighbour=await handling.member(sessions, keys, BESIDE),
        offices={code: str(await office_id(sessions, code)) for code in codes},
    )


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    """An officer who handles cases in Jeneponto."""
    return await handling.handler(sessions, keys)


@pytest.fixture
async def member(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    """A member of the office of Jeneponto."""
    return await handling.member(sessions, keys)


@pytest.fixture
async def walled(scene: Scene) -> Walled:
    case = await opened(scene.client, scene.desk)
    id, headers = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    second = await handling.member(scene.sessions, scene.keys, HERE)
    return Walled(case, id, headers, second, await declared(scene.client, case, headers))
