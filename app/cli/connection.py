"""Which database a command talks to: the one that is named, or the embedded server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.core.cluster import APPLICATION, OWNER
from app.core.database import sqlstate_of
from app.core.postgres import EmbeddedServer
from app.core.processes import CannotStart
from app.core.settings import Settings, read_settings
from app.core.texts import Text

_UNDEFINED_TABLE: Final = "42P01"
_NOT_PREPARED: Final = Text(
    "Basis data belum disiapkan; jalankan: netra migrate, lalu netra load-reference",
    "The database is not prepared; run: netra migrate, then netra load-reference",
)


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
    """Settings with a database that runs: for this command only, if it did not run before.

    Raises `CannotStart` where the command finds none of our tables in it.
    """
    with _running(choose_data(data)) as settings:
        try:
            yield settings
        except DBAPIError as failure:
            if sqlstate_of(failure) != _UNDEFINED_TABLE:
                raise
            raise CannotStart(_NOT_PREPARED) from failure


@contextmanager
def _running(settings: Settings) -> Iterator[Settings]:
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
