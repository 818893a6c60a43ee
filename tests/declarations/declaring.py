"""Invented declarations and signers, and what offices and phones do with them."""

from typing import Any
from uuid import UUID

from httpx import ASGITransport, AsyncClient, Response

from app.core.ids import new_id
from app.declarations.files import read_texts
from app.declarations.jobs import cover_targets
from tests.ledger.publishing import publish

Body = dict[str, Any]
Headers = dict[str, str]

SAID: dict[str, Body] = {
    "holding": {"held_on": "2024-09-30"},
    "cancellation": {"reason": "Alasan rekaan"},
}
MERGE = {"Content-Type": "application/merge-patch+json"}
TEXT = str(read_texts()[0].id)


def declaration(**changes: Any) -> Body:
    body: Body = {
        "kind": "pledge",
        "title": "Ikrar Netralitas Rekaan",
        "region_code": "13.03",
        "place": "Gedung Rekaan, Sijunjung",
        "held_on": "2024-09-30",
        "election_code": "pilkada-2024",
        "pledge_text_id": TEXT,
        "local_points": [{"id": "Menjaga netralitas di setiap nagari."}],
        "led_by": "Sekretaris Daerah",
        "legal_basis": ["UU 20/2023"],
    }
    return body | changes


def signature(number: int = 1, **changes: Any) -> Body:
    body: Body = {
        "name": f"Penanda Rekaan {number}",
        "position": "Camat",
        "office": "Kecamatan Rekaan",
        "group": "asn_pns",
        "captured_at": "2024-09-30T10:15:00+07:00",
        "secret": "00112233445566778899aabbccddeeff",
    }
    return body | changes


async def plan(client: AsyncClient, headers: Headers, **changes: Any) -> Body:
    answer = await client.post("/declarations", json=declaration(**changes), headers=headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def take(client: AsyncClient, headers: Headers, planned: Body, step: str) -> Response:
    path = f"/declarations/{planned['id']}/{step}"
    return await client.post(path, json=SAID.get(step), headers=headers)


async def opened(client: AsyncClient, headers: Headers, **changes: Any) -> Body:
    planned = await plan(client, headers, **changes)
    answer = await take(client, headers, planned, "opening")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sign(
    client: AsyncClient, where: Body, body: Body, id: UUID | None = None, **extra: Any
) -> Response:
    path = f"/declarations/{where['id']}/signatures/{id or new_id()}"
    return await client.put(path, json=body, **extra)


async def published(client: AsyncClient) -> None:
    """Publish and count what waits in the database that this client speaks to, as the worker
    does."""
    transport = client._transport
    assert isinstance(transport, ASGITransport)
    state = transport.app.state  # type: ignore[attr-defined]
    await publish(state.sessions, state.keys)
    await cover_targets(state.sessions)


async def tally(client: AsyncClient, where: Body) -> Body:
    """As of a checkpoint of all that was signed before."""
    await published(client)
    answer = await client.get(f"/declarations/{where['id']}/tally")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
