"""Brings a database to what this version needs: tables, privileges, reference data, the demo."""

import asyncio
import sys
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from rich.markup import escape
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

import app
from app.cli.gate import pass_gate
from app.cli.screen import console, fail, progress
from app.core import queue
from app.core.database import sqlstate_of
from app.core.keys import open_keyring, read_master_key
from app.core.privileges import grant_application
from app.core.processes import CannotStart
from app.core.reference import load_newer
from app.core.settings import Settings, read_settings
from app.core.texts import Text
from app.main import connect
from app.registry import REFERENCE

ROOT = Path(app.__file__).parent.parent
# Any number that nobody else takes: one migration at a time, however many machines start.
MIGRATION = 5_638_001
PATIENCE = 60.0
STARTING_UP = "57P03"


def migrate(settings: Settings) -> None:
    """Bring the tables to this version, and give the application's role its privileges."""
    asyncio.run(_migrate(settings))


def load_reference(settings: Settings) -> None:
    """Load the reference data that is newer than what the tables hold."""
    asyncio.run(_load_reference(settings))


def load_demo(settings: Settings) -> None:
    """Load the demo once, and say how to enter it."""
    asyncio.run(_load_demo(settings))


async def _migrate(settings: Settings) -> None:
    owner = str(settings.owner_url)
    role = make_url(str(settings.database_url)).username
    engine = create_async_engine(owner, poolclass=NullPool)
    await _wait_for(engine)
    async with engine.begin() as connection:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION})"))
        await asyncio.to_thread(_upgrade, owner)
        await queue.install(owner)
        if role is not None:
            await connection.run_sync(grant_application, role)


async def _wait_for(engine: AsyncEngine) -> None:
    """A server that is started beside us may come later than we."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            async with engine.connect():
                return
        except (OSError, DBAPIError) as failure:
            if time.monotonic() > end or not _may_pass(failure):
                raise _unreachable(engine, failure) from failure
        await asyncio.sleep(0.2)


def _may_pass(failure: OSError | DBAPIError) -> bool:
    """Whether it is not there yet, rather than refusing us."""
    return isinstance(failure, OSError) or sqlstate_of(failure) == STARTING_UP


def _unreachable(engine: AsyncEngine, failure: Exception) -> CannotStart:
    address = f"{engine.url.render_as_string()} ({getattr(failure, 'orig', failure)})"
    return CannotStart(
        Text(
            f"Basis data tidak dapat dihubungi: {address}. Periksa DATABASE_URL_DIRECT.",
            f"The database cannot be reached: {address}. Check DATABASE_URL_DIRECT.",
        )
    )


def _upgrade(url: str) -> None:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["url"] = url
    command.upgrade(config, "head")


async def _load_reference(settings: Settings) -> None:
    sessions = connect(settings)
    with progress() as bars:
        await load_newer(sessions, REFERENCE, bars)
    await sessions.kw["bind"].dispose()


async def _load_demo(settings: Settings) -> None:
    from app.cli.demo import load  # noqa: PLC0415  only where it is asked for

    sessions = connect(settings)
    keys = await open_keyring(sessions, read_master_key(settings))
    for line in await load(sessions, keys):
        console.print(escape(line))
    await sessions.kw["bind"].dispose()


def prepare(*, demo: bool) -> None:
    """Do all of it, for the supervisor."""
    pass_gate()
    settings = read_settings()
    # Here and not in the children, which would all make one at the same moment.
    read_master_key(settings)
    migrate(settings)
    load_reference(settings)
    if demo:
        load_demo(settings)


if __name__ == "__main__":
    try:
        prepare(demo="--demo" in sys.argv)
    except CannotStart as obstacle:
        fail(obstacle.text)
