"""Invented questions, and what a phone and a desk do with them."""

import secrets
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from httpx import AsyncClient, Response

from app.core.ids import new_id

Body = dict[str, Any]

ANSWER: Final[Mapping[str, object]] = {
    "text": "Rekaan: menyukai unggahan bakal calon melanggar kode etik.",
    "articles": ["uu-20-2023-2", "pp-42-2004-11-c"],
}
TEXT: Final[Mapping[str, object]] = {
    "question": "Bolehkah ASN menyukai unggahan bakal calon di media sosial?",
    "answer": "Tidak. Menyukai unggahan untuk memenangkan bakal calon melanggar kode etik.",
}


def question(**changes: Any) -> Body:
    return {
        "receipt_secret": secrets.token_hex(16),
        "asker": "civil_servant",
        "region_code": "73.04",
        "question": "Rekaan: bolehkah saya menyukai unggahan sepupu saya yang bakal calon?",
    } | changes


async def put(client: AsyncClient, body: Body, id: UUID | None = None) -> Response:
    return await client.put(f"/consultations/{id or new_id()}", json=body)


async def ask(client: AsyncClient, **changes: Any) -> Body:
    answer = await put(client, question(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def receipt(filed: Body) -> dict[str, str]:
    return {"Authorization": f"Receipt {filed['receipt_code']}"}


class Desk:
    """An officer who answers."""

    def __init__(self, client: AsyncClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    async def get(self, path: str, **asked: Any) -> Response:
        return await self.client.get(path, params=asked, headers=self.headers)

    async def post(self, path: str, body: object = None) -> Response:
        return await self.client.post(path, json=body, headers=self.headers)

    async def read(self, filed: Body) -> Body:
        return told(await self.get(f"/consultations/{filed['id']}"))

    async def rows(self, **asked: Any) -> list[str]:
        page = told(await self.get("/consultations", **asked))
        return [each["id"] for each in page["items"]]

    async def answer(self, filed: Body, **changes: Any) -> Body:
        path = f"/consultations/{filed['id']}/answers"
        return told(await self.post(path, {**ANSWER, **changes}), 201)

    async def draft(self, filed: Body, **changes: Any) -> Response:
        path = f"/consultations/{filed['id']}/publications"
        return await self.post(path, {**TEXT, **changes})

    async def drafted(self, filed: Body, **changes: Any) -> str:
        return str(told(await self.draft(filed, **changes), 201)["id"])

    async def step(self, filed: Body, publication_id: str, step: str) -> Response:
        path = f"/consultations/{filed['id']}/publications/{publication_id}/{step}"
        return await self.post(path, None if step == "approval" else {"reason": "Alasan rekaan."})

    async def history(self, filed: Body) -> list[str]:
        page = told(await self.get(f"/consultations/{filed['id']}/history"))
        return [each["action"] for each in page["items"]]


async def publish(client: AsyncClient, one: Desk, other: Desk, **changes: Any) -> Body:
    """A question that was answered by one and published by another: question, and publication."""
    filed = await ask(client)
    await one.answer(filed)
    publication_id = await one.drafted(filed, **changes)
    told(await other.step(filed, publication_id, "approval"))
    return filed | {"publication_id": publication_id}


def told(answer: Response, status: int = 200) -> Body:
    assert answer.status_code == status, answer.text
    return dict(answer.json())
