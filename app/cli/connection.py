"""Which database a command talks to: the one that is named, or the embedded server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.cluster import APPLICATION, OWNER
from app.core.postgres import EmbeddedServer
from app.core.settings import Settings, read_settings


def choose_data(data: Path | None) -> Settings:
    """Let this process and its children agree on the data folder, wherever they run."""
    if data is not None:
        os.environ["NETRA_DATA"] = str(data.absolute())
        read_settings.cache_clear()
    return read_settings()


def point_to(server: EmbeddedServer) -> Settings:
    """Name the embedded server as the database of this process and its children."""
    os.environ["DATABASE_URL"] = server.url(APPLICATION)
    os.environ["DATABASE_URL_DIRECT"] = server.url(OWNER)
    read_settings.cache_clear()
    return read_settings()


@contextmanager
def connected(data: Path | None) -> Iterator[Settings]:
    """Settings with a database that runs: for this command only, if it did not run before."""
    settings = choose_data(data)
    if settings.database_url is not None:
        yield settings
        return
    server = EmbeddedServer(settings.data)
    runs_already = server.is_running()
    if not runs_already:
        server.start()
    try:
        yield point_to(server)
    finally:
        server.stop()
