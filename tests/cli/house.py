"""The demo, as the tests of what it holds find it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.audit.service import LISTENERS
from app.cli import demo
from app.core.crypto import MasterKey
from app.core.database import open_sessions
from app.core.keys import open_keyring
from app.registry import LISTENING
from tests.conftest import MASTER_KEY
from tests.people import bearer


class House(NamedTuple):
    """The transaction in which the demo lies, and what was said when it was loaded."""

    connection: AsyncConnection
    lines: list[str]


@asynccontextmanager
async def furnished(engine: AsyncEngine) -> AsyncIterator[House]:
    """Load the demo, and undo it in the end."""
    async with engine.connect() as connection:
        await connection.begin()
        sessions = open_sessions(connection, {LISTENERS: LISTENING})
        sessions.configure(join_transaction_mode="create_savepoint")
        keys = await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))
        yield House(connection, await demo.load(sessions, keys))
        await connection.rollback()


async def signed_in(client: AsyncClient, login: str) -> dict[str, str]:
    """Headers of an account of the demo."""
    form = {"grant_type": "password", "username": login, "password": demo.PASSWORD}
    return bearer((await client.post("/auth/token", data=form)).json()["access_token"])
