"""The real application on a server that schemathesis has to itself, and may change for good.

One transaction over the whole trial would be undone more easily; but every request adds savepoints
and locks to it, until the server has no room for the locks of the next one.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from schemathesis.hooks import unregister_all
from schemathesis.python.asgi import shutdown_lifespans
from sqlalchemy.ext.asyncio import create_async_engine

from app.clocks.repository.law import LAW
from app.complaints.repository.candidates import STATISTICS
from app.core.crypto import MasterKey
from app.core.database import open_engine, open_sessions
from app.core.keys import open_keyring
from app.core.settings import Settings
from app.evidence.service.depot import Depot
from app.main import create_app
from app.offices.repository import HANDLING
from app.stats.service.folding import Folding
from app.web.clock import present
from tests.conftest import (
    KNOWN,
    MASTER_KEY,
    climb,
    guarded_engine,
    let_in,
    load_reference,
    own_server,
)
from tests.contract.stage import set_stage
from tests.contract.trial import Trial, hold_trial

WITHOUT_LIMIT = 10**9


@pytest.fixture(scope="module")
async def own_url() -> AsyncIterator[str]:
    """The application's address of a server that the trial has to itself, loaded."""
    with own_server() as (owners, ours):
        await asyncio.to_thread(climb, owners)
        owner, engine = create_async_engine(owners), open_engine(ours)
        await let_in(owner, ours)
        await load_reference(engine)
        await owner.dispose()
        await engine.dispose()
        yield ours
    # No other test counts by what schemathesis approved.
    for remembered in (LAW, HANDLING, STATISTICS):
        remembered.forget()


@asynccontextmanager
async def on_stage(app: FastAPI) -> AsyncIterator[None]:
    """Stands in for the start of the application: schemathesis runs it on a loop of its own."""
    engine = guarded_engine(str(app.state.settings.database_url))
    sessions = open_sessions(engine, KNOWN)
    keys = await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))
    app.state.sessions, app.state.keys = sessions, keys
    app.state.depot = Depot(app.state.settings)
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        app.state.stage = await set_stage(client, sessions, keys, app.state.depot)
    await Folding(sessions).fold(present())
    yield
    await engine.dispose()


@pytest.fixture(scope="module")
def trial(own_url: str, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    app = create_app(
        Settings(
            data=tmp_path_factory.mktemp("data"),
            database_url=own_url,
            master_key=SecretStr(MASTER_KEY),
            anonymous_rate=WITHOUT_LIMIT,
            credential_rate=WITHOUT_LIMIT,
            intake_rate=WITHOUT_LIMIT,
            public_seconds=0,
        )
    )
    app.router.lifespan_context = on_stage
    with pytest.MonkeyPatch.context() as patch:
        # What a wrong credential costs is tested with the kit; here it would only take time.
        patch.setattr("app.web.limits._LONGEST_WAIT", 0.0)
        try:
            return hold_trial(app)
        finally:
            unregister_all()
            shutdown_lifespans()
