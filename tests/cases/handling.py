"""Invented cases, and what officers do with them."""

from collections.abc import Mapping
from typing import Any

from httpx import AsyncClient, Response

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.complaints import filing
from tests.people import officer

Body = dict[str, Any]
Headers = Mapping[str, str]
OFFICE = "bawaslu-73.04"


async def handler(sessions: Sessions, keys: Keyring, office: str = OFFICE) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.HANDLER, office_code=office)


async def member(sessions: Sessions, keys: Keyring, office: str = OFFICE) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.MEMBER, office_code=office)


async def opened(client: AsyncClient, officer: Headers, **changes: Any) -> Body:
    """A report, taken up by an officer; the case also says `complaint_id` and `receipt`."""
    filed = await filing.file(client, **changes)
    taken = await client.post(f"/complaints/{filed['id']}/review", headers=dict(officer))
    assert taken.status_code == 200, taken.text
    case = await case_of(client, officer, filed["id"])
    return case | {"complaint_id": filed["id"], "receipt": filing.receipt(filed)}


async def case_of(client: AsyncClient, officer: Headers, complaint_id: str) -> Body:
    answer = await client.get(
        "/cases", params={"complaint_id": complaint_id}, headers=dict(officer)
    )
    assert answer.status_code == 200, answer.text
    [case] = answer.json()["items"]
    return dict(case)


async def step(
    client: AsyncClient, case: Body, path: str, officer: Headers, body: Body | None = None
) -> Response:
    return await client.post(f"/cases/{case['id']}/{path}", json=body, headers=dict(officer))


async def stepped(
    client: AsyncClient, case: Body, path: str, officer: Headers, body: Body | None = None
) -> Body:
    """Take a step that must succeed; return the case as it is then."""
    answer = await step(client, case, path, officer, body)
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


async def read(client: AsyncClient, case: Body, officer: Headers, path: str = "") -> Body:
    answer = await client.get(f"/cases/{case['id']}{path}", headers=dict(officer))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
