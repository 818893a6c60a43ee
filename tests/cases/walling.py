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


async def ask_end(client: AsyncClient, case: Body, conflict: Body, officer: Headers) -> Response:
    path = f"/cases/{case['id']}/conflicts/{conflict['id']}/ending"
    return await client.post(path, json={"reason": "Rekaan: keliru."}, headers=dict(officer))


async def agree_end(client: AsyncClient, case: Body, conflict: Body, officer: Headers) -> Response:
    path = f"/cases/{case['id']}/conflicts/{conflict['id']}/ending/agreement"
    return await client.post(path, headers=dict(officer))


async def ended(
    client: AsyncClient, case: Body, conflict: Body, one: Headers, other: Headers
) -> Body:
    """What one member asks and another agrees to."""
    asked = await ask_end(client, case, conflict, one)
    assert asked.status_code == 200, asked.text
    agreed = await agree_end(client, case, conflict, other)
    assert agreed.status_code == 200, agreed.text
    return dict(agreed.json())


async def named(
    client: AsyncClient, case: Body, officer: Headers, office: str | None = None
) -> Body:
    """A further reported person of the case, who works for an office of the directory."""
    person = {"name": "Terlapor Rekaan Lain", "office_id": office}
    path = f"/cases/{case['id']}/persons"
    told = await client.post(path, json=person, headers=dict(officer))
    assert told.status_code == 201, told.text
    return dict(told.json())


async def conflicts(client: AsyncClient, case: Body, officer: Headers) -> list[Body]:
    told = await client.get(f"/cases/{case['id']}/conflicts", headers=dict(officer))
    assert told.status_code == 200, told.text
    return list(told.json()["items"])


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
