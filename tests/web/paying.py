"""What a phone does that has to pay by a proof of work, with the client of the documentation."""

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from httpx import AsyncClient, Response

from app.web import proof
from tests.complaints.filing import Body, put

EXAMPLE: Final = Path("docs/examples/proof_of_work.py")
CLIENT: Final = SimpleNamespace(**runpy.run_path(str(EXAMPLE)))


async def over(client: AsyncClient, body: Body, id: UUID) -> Response:
    """Spend what is left of the share, and ask again."""
    await client.get("/reference")
    return await put(client, body, id)


async def paid(client: AsyncClient, body: Body, id: UUID, solution: str) -> Response:
    return await client.put(f"/complaints/{id}", json=body, headers={proof.HEADER: solution})


def challenge_in(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 429, answer.text
    return dict(answer.json()["challenge"])
