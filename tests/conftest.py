"""One real PostgreSQL for the whole suite; each test works in a transaction that is undone."""

import gc
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.clocks.repository.law import LAW
from app.core.crypto import Keyring, MasterKey
from app.core.database import Base, Scale, Sessions, open_engine, open_sessions
from app.core.keys import open_keyring
from app.core.postgres import EmbeddedServer
from app.core.privileges import grant_application
from app.core.reference import load_newer
from app.core.settings import Settings
from app.evidence.service.depot import Depot
from app.ledger.rules.logs import DEFAULT_ORIGIN
from app.main import create_app, known
from app.registry import REFERENCE
from app.stats.service.watching import FigureWatch
from app.web.intake import Intake
from app.web.limits import Limits

MASTER_KEY = "bmV0cmEtdGVzdHMtbmV0cmEtdGVzdHMtbmV0cmEtMDE="
FAR_FROM_UTC = "Asia/Jayapura"
BINARIES = "NETRA_TEST_BINARIES"
KNOWN = known(by_email=True, origin=DEFAULT_ORIGIN)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second PostgreSQL only what speaks to it has anything new to say."""
    if BINARIES not in os.environ:
        return
    silent = {each for each in items if "urls" not in getattr(each, "fixturenames", ())}
    config.hook.pytest_deselected(items=list(silent))
    items[:] = [each for each in items if each not in silent]


def pytest_collection_finish() -> None:
    """The collector need not look again and again at sixteen thousand tests and the whole house."""
    gc.freeze()


@contextmanager
def own_server() -> Iterator[tuple[str, str]]:
    """A server of our own, empty: the owner's address and the application's."""
    binaries = os.environ.get(BINARIES)
    # Not below pytest's own folder, which the user of a server started by root cannot enter.
    with TemporaryDirectory(prefix="netra-") as home:
        Path(home).chmod(0o711)
        server = EmbeddedServer(Path(home), Path(binaries) if binaries else None)
        server.start()
        yield server.url("netra_owner"), server.url("netra_app")
        server.stop()


@pytest.fixture(scope="session")
def urls() -> Iterator[tuple[str, str]]:
    """The owner's and the application's address: a server of our own, or the one that is named."""
    named = os.environ.get("NETRA_TEST_DATABASE_URL")
    if named:
        yield os.environ.get("NETRA_TEST_DATABASE_URL_DIRECT", named), named
        return
    with own_server() as urls:
        yield urls


@pytest.fixture(scope="session")
def schema(urls: tuple[str, str]) -> Config:
    """Every test run climbs the migrations, so they are tested too."""
    return climb(urls[0])


def climb(url: str) -> Config:
    config = Config("alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return config


@pytest.fixture(scope="session")
async def owner(urls: tuple[str, str], schema: Config) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(urls[0])
    await let_in(engine, urls[1])
    yield engine
    await engine.dispose()


async def let_in(owner: AsyncEngine, url: str) -> None:
    """Grant the application its rights, on a server far from UTC."""
    role = url.split("://", 1)[1].split("@", 1)[0].split(":", 1)[0]
    async with owner.begin() as connection:
        await connection.run_sync(grant_application, role)
        name = await connection.scalar(text("SELECT current_database()"))
        # Whatever forgets to name a zone is wrong by nine hours here.
        await connection.execute(text(f"ALTER DATABASE {name} SET timezone = '{FAR_FROM_UTC}'"))


@pytest.fixture(scope="session")
async def engine(urls: tuple[str, str], owner: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    """The application's own role, with all reference data loaded."""
    engine = guarded_engine(urls[1])
    await load_reference(engine)
    yield engine
    await engine.dispose()


def guarded_engine(url: str) -> AsyncEngine:
    engine = open_engine(url)
    event.listen(engine.sync_engine, "before_cursor_execute", refuse_lost_statements)
    return engine


async def load_reference(engine: AsyncEngine) -> None:
    await load_newer(open_sessions(engine), REFERENCE, lambda _: lambda done, whole: None)


NATIONAL = [
    re.compile(rf"\b{table.name}\b")
    for table in Base.metadata.tables.values()
    if table.info["scale"] is Scale.NATIONAL
]


@cache
def is_lost(statement: str) -> bool:
    """Whether it asks a national table and names no region."""
    is_national = any(name.search(statement) for name in NATIONAL)
    return is_national and "region_id" not in statement


def refuse_lost_statements(*said: Any) -> None:
    """A statement on a national table names the region, or says that it goes to all of them."""
    statement, context = said[2], said[4]
    fan_out = context is not None and context.execution_options.get("fan_out")
    assert fan_out or not is_lost(statement), f"names no region: {statement}"


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose transaction never ends well: whatever a test commits is undone."""
    async with engine.connect() as connection:
        await connection.begin()
        yield connection
        await connection.rollback()
    forget_a_changed_law()


def forget_a_changed_law() -> None:
    """A process remembers the law of time; what a test changed of it was undone with the rest."""
    law = LAW.get("all")
    if law is not None and law.revision > 1:
        LAW.forget()


@pytest.fixture
def sessions(connection: AsyncConnection) -> Sessions:
    """Units of work inside the test's own transaction: a commit only releases a savepoint."""
    sessions = open_sessions(connection, KNOWN)
    sessions.configure(join_transaction_mode="create_savepoint")
    return sessions


@pytest.fixture
async def keys(sessions: Sessions) -> Keyring:
    return await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """Building the contract takes long enough to do it once."""
    return create_app(
        Settings(
            data=tmp_path_factory.mktemp("data"),
            master_key=SecretStr(MASTER_KEY),
            anonymous_rate=100_000,
            credential_rate=100_000,
            intake_rate=100_000,
            # A test asks for what it has just changed.
            public_seconds=0,
        )
    )


@pytest.fixture
def app(whole_app: FastAPI, sessions: Sessions, keys: Keyring) -> FastAPI:
    whole_app.state.sessions = sessions
    whole_app.state.keys = keys
    whole_app.state.depot = Depot(whole_app.state.settings)
    whole_app.state.limits = Limits(anonymous=100_000, credential=100_000)
    whole_app.state.intake = Intake(100_000)
    whole_app.state.reached.forget()
    whole_app.state.heard.forget()
    whole_app.state.watch = FigureWatch(lambda: whole_app.state.sessions)
    return whole_app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client
