"""How the tests ask for figures."""

from collections.abc import Mapping
from typing import Any

from httpx import AsyncClient

Body = dict[str, Any]


async def read(client: AsyncClient, path: str, headers: Mapping[str, str], **asked: str) -> Body:
    answer = await client.get(f"/stats/{path}", headers=headers, params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def refusal(client: AsyncClient, path: str, headers: Mapping[str, str], **asked: str) -> str:
    """Return the code of the one fault for which a question is refused."""
    answer = await client.get(f"/stats/{path}", headers=headers, params=asked)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["errors"][0]["code"])


def counts(table: Body) -> dict[str, int | None]:
    """The cells of a table that are not zero."""
    return {cell["key"]: cell["count"] for cell in table["cells"] if cell["count"] != 0}
