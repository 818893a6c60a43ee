"""Figures are made anew while people go on signing."""

from typing import Any

from httpx import AsyncClient
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from app.core.database import Sessions
from app.stats.service.rebuilding import Rebuilder
from tests.declarations.declaring import opened, sign, signature
from tests.stats.conftest import Headers
from tests.stats.folded import NOW, fold, wrong


async def test_what_is_signed_while_figures_are_made_anew_counts_once(
    connection: AsyncConnection, client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    declared = await opened(client, sijunjung)
    signed: list[int] = []
    rebuilding = True

    def sign_after(*_: Any) -> None:
        """Somebody signs, and that is committed, after every statement of the rebuild."""
        nonlocal rebuilding
        if rebuilding:
            rebuilding = False  # these statements are of those who sign
            answer = await_only(sign(client, declared, signature(len(signed))))
            signed.append(answer.status_code)
            rebuilding = True

    event.listen(connection.sync_connection, "after_cursor_execute", sign_after)
    async with sessions.begin() as session:
        await Rebuilder(session, NOW).rebuild()
    event.remove(connection.sync_connection, "after_cursor_execute", sign_after)
    await fold(sessions)

    assert len(signed) > 1
    assert set(signed) == {201}
    assert await wrong(sessions) == []
