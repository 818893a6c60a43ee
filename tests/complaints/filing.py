"""Invented complaints, and what a phone does to file them."""

import secrets
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response

from app.core.ids import new_id

Body = dict[str, Any]


def complaint(**changes: Any) -> Body:
    body: Body = {
        "receipt_secret": secrets.token_hex(16),
        "channel": "app",
        "event": {
            "what": "Mengajak pegawai memilih calon rekaan",
            "region_code": "73.04",
            "place": "Halaman kantor rekaan",
            "occurred_on": "2024-11-04",
            "known_on": "2024-11-05",
            "account": "Rekaan: pejabat itu mengajak semua pegawai pada apel pagi.",
        },
        "reported_persons": [{"name": "Terlapor Rekaan", "position": "Camat"}],
        "reporter": {"name": "Pelapor Rekaan", "capacity": "voter", "address": "Jalan Rekaan 1"},
        "statement_of_truth": True,
    }
    event = body["event"] | changes.pop("event", {})
    return body | {"event": event} | changes


async def put(client: AsyncClient, body: Body, id: UUID | None = None) -> Response:
    return await client.put(f"/complaints/{id or new_id()}", json=body)


async def file(client: AsyncClient, **changes: Any) -> Body:
    answer = await put(client, complaint(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def receipt(filed: Body) -> dict[str, str]:
    return {"Authorization": f"Receipt {filed['receipt_code']}"}
