"""What is declared of a conflict of interest, and how a wall is lifted; all of it invented."""

from collections.abc import Mapping
from typing import Any

from httpx import AsyncClient, Response

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.credentials.service import TokenIssuer
from app.web.clock import present
from tests.people import add_officer, bearer

Body = dict[str, Any]
Headers = Mapping[str, str]


async def somebody(
    sessions: Sessions, keys: Keyring, role: Role, office: str
) -> tuple[str, dict[str, str]]:
    """The id and the headers of a signed-in officer."""
    account = await add_officer(sessions, keys, role=role, office_code=office)
    async with sessions.begin() as session:
        session.add(account)
        tokens = await TokenIssuer(session, present()).sign_in(account)
    return str(account.id), bearer(tokens.access_token)


async def declare(
    client: AsyncClient, case: Body, officer: Headers, of: str | None = None
) -> Response:
    body = {"reason": "Rekaan: pihak terlapor adalah kerabat."} | ({"officer_id": of} if of else {})
    return await client.post(f"/cases/{case['id']}/conflicts", json=body, headers=dict(officer))


async def declared(
    client: AsyncClient, case: Body, officer: Headers, of: str | None = None
) -> Body:
    answer = await declare(client, case, officer, of)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def end(client: AsyncClient, case: Body, conflict: Body, officer: Headers) -> Response:
    path = f"/cases/{case['id']}/conflicts/{conflict['id']}/ending"
    return await client.post(path, json={"reason": "Rekaan: keliru."}, headers=dict(officer))


async def ask(client: AsyncClient, case: Body, officer: Headers, of: str) -> Response:
    body = {"officer_id": of, "hours": 24, "reason": "Rekaan: hanya ia mengenal berkasnya."}
    return await client.post(f"/cases/{case['id']}/break-glass", json=body, headers=dict(officer))


async def asked(client: AsyncClient, case: Body, officer: Headers, of: str) -> Body:
    answer = await ask(client, case, officer, of)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def agree(client: AsyncClient, case: Body, request: Body, officer: Headers) -> Response:
    path = f"/cases/{case['id']}/break-glass/{request['id']}/agreement"
    return await client.post(path, headers=dict(officer))
