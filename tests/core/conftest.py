"""What the tests of the kit share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from app.core.postgres import EmbeddedServer
from tests.servers import data_folder

Open: TypeAlias = Callable[..., EmbeddedServer]


@pytest.fixture
def home() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
def opened() -> Iterator[Open]:
    """Starts servers, and stops them when the test is over."""
    servers: list[EmbeddedServer] = []

    def start(home: Path, binaries: Path | None = None) -> EmbeddedServer:
        servers.append(EmbeddedServer(home, binaries))
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
