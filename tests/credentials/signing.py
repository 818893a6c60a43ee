"""What an officer does to come in, and what of it is told."""

from typing import Any

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.core.database import Sessions
from tests.people import PASSWORD, bearer


async def sign_in(client: AsyncClient, login: str, password: str = PASSWORD) -> Response:
    form = {"grant_type": "password", "username": login, "password": password}
    return await client.post("/auth/token", data=form)


async def tokens_of(client: AsyncClient, login: str) -> dict[str, Any]:
    answer = await sign_in(client, login)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def renew(client: AsyncClient, refresh_token: str) -> Response:
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return await client.post("/auth/token", data=form)


async def fail(client: AsyncClient, login: str, times: int) -> None:
    for _ in range(times):
        assert (await sign_in(client, login, "tebakan saja")).status_code == 400


async def is_in(client: AsyncClient, tokens: dict[str, Any]) -> bool:
    answer = await client.get("/auth/me", headers=bearer(tokens["access_token"]))
    return answer.status_code == 200


async def told(sessions: Sessions, subject: Officer) -> list[str]:
    async with sessions.begin() as session:
        query = select(JournalEntry.action).where(JournalEntry.subject_id == subject.id)
        return list(await session.scalars(query.order_by(JournalEntry.id)))
