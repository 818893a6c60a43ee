"""The real application, in one transaction that is undone when schemathesis is through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from schemathesis.hooks import unregister_all
from schemathesis.python.asgi import shutdown_lifespans
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from app.audit.service import LISTENERS
from app.clocks.repository.law import LAW
from app.core.crypto import MasterKey
from app.core.database import open_engine, open_sessions
from app.core.keys import open_keyring
from app.core.settings import Settings
from app.correspondence.service.notices import BY_EMAIL
from app.evidence.service.depot import Depot
from app.main import LISTENING, create_app
from tests.conftest import MASTER_KEY, refuse_lost_statements
from tests.contract.stage import set_stage
from tests.contract.trial import Trial, hold_trial

WITHOUT_LIMIT = 10**9


@asynccontextmanager
async def on_stage(app: FastAPI) -> AsyncIterator[None]:
    """Stands in for the start of the application: schemathesis runs it on a loop of its own."""
    engine = open_engine(str(app.state.settings.database_url))
    event.listen(engine.sync_engine, "before_cursor_execute", refuse_lost_statements)
    async with engine.connect() as connection:
        await connection.begin()
        sessions = open_sessions(connection, {LISTENERS: LISTENING, BY_EMAIL: True})
        sessions.configure(join_transaction_mode="create_savepoint")
        keys = await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))
        app.state.sessions, app.state.keys = sessions, keys
        app.state.depot = Depot(app.state.settings)
        transport = ASGITransport(app=app)
        async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
            app.state.stage = await set_stage(client, sessions, keys, app.state.depot)
        yield
        await connection.rollback()
    # What schemathesis approved was undone; no other test counts by it.
    LAW.forget()
    await engine.dispose()


@pytest.fixture(scope="module")
def trial(
    urls: tuple[str, str], engine: AsyncEngine, tmp_path_factory: pytest.TempPathFactory
) -> Trial:
    app = create_app(
        Settings(
            data=tmp_path_factory.mktemp("data"),
            database_url=urls[1],
            master_key=SecretStr(MASTER_KEY),
            anonymous_rate=WITHOUT_LIMIT,
            credential_rate=WITHOUT_LIMIT,
            intake_rate=WITHOUT_LIMIT,
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
