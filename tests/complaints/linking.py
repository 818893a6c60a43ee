"""What officers do with complaints about the same event."""

from httpx import AsyncClient, Response

from app.accounts.models import Officer
from app.core.database import Sessions
from app.credentials.service import TokenIssuer
from app.web.clock import present
from tests.complaints.filing import Body, file
from tests.people import bearer

CONFIRMED: Body = {"state": "confirmed"}
REJECTED: Body = {"state": "rejected"}

Headers = dict[str, str]


async def several(client: AsyncClient, number: int, **changes: object) -> list[str]:
    return [(await file(client, **changes))["id"] for _ in range(number)]


def between(one: str, other: str) -> str:
    return f"/complaints/{one}/links/{other}"


async def link(
    client: AsyncClient, desk: Headers, one: str, other: str, said: Body | None = None
) -> Response:
    return await client.put(between(one, other), json=said or CONFIRMED, headers=desk)


async def remove(client: AsyncClient, desk: Headers, one: str, other: str) -> Response:
    return await client.post(f"{between(one, other)}/removal", headers=desk)


async def seen(client: AsyncClient, desk: Headers, id: str) -> Body:
    answer = await client.get(f"/complaints/{id}/links", headers=desk)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def members(client: AsyncClient, desk: Headers, id: str) -> set[str]:
    return {row["id"] for row in (await seen(client, desk, id))["cluster"]}


async def signed_in(sessions: Sessions, account: Officer) -> Headers:
    async with sessions.begin() as session:
        tokens = await TokenIssuer(session, present()).sign_in(account)
    return bearer(tokens.access_token)
