"""What the tests of the command line share."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.cli.house import House, furnished
from tests.cli.service import Service, Start
from tests.servers import data_folder


@pytest.fixture
def home() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    services: list[Service] = []

    def begin(*options: str, **variables: str) -> Service:
        services.append(Service(home, *options, **variables))
        return services[-1]

    yield begin
    for service in services:
        service.stop()


@pytest.fixture
def service(start: Start) -> Service:
    """A service for one test, which may stop it."""
    service = start()
    service.wait()
    return service


@pytest.fixture(scope="package")
def lasting() -> Iterator[Service]:
    """One service for all tests that leave it running."""
    with data_folder() as folder:
        service = Service(folder)
        service.wait()
        yield service
        service.stop()


@pytest.fixture(scope="module")
async def house(engine: AsyncEngine) -> AsyncIterator[House]:
    """The demo, loaded once for all tests of a file."""
    async with furnished(engine) as house:
        yield house
