"""What officers and custodians do about the identity of a reporter."""

from typing import Any

from httpx import AsyncClient, Response

Headers = dict[str, str]
HERE = "bawaslu-73.04"
REASON = "Rekaan: pelapor perlu diundang untuk klarifikasi."


async def ask(client: AsyncClient, complaint_id: str, desk: Headers) -> Response:
    path = f"/complaints/{complaint_id}/identity-requests"
    return await client.post(path, json={"reason": REASON}, headers=desk)


async def asked(client: AsyncClient, complaint_id: str, desk: Headers) -> dict[str, Any]:
    answer = await ask(client, complaint_id, desk)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def grant(
    client: AsyncClient, request_id: str, custodian: Headers, hours: int = 24
) -> Response:
    form = {"hours": hours, "reason": "Rekaan: cukup untuk undangan."}
    return await client.post(f"/identity-requests/{request_id}/grant", json=form, headers=custodian)


async def deny(client: AsyncClient, request_id: str, custodian: Headers) -> Response:
    form = {"reason": "Rekaan: undangan dapat lewat pesan."}
    path = f"/identity-requests/{request_id}/denial"
    return await client.post(path, json=form, headers=custodian)


async def open_identity(client: AsyncClient, complaint_id: str, desk: Headers) -> Response:
    return await client.post(f"/complaints/{complaint_id}/identity/openings", headers=desk)


async def me(client: AsyncClient, headers: Headers) -> str:
    return str((await client.get("/auth/me", headers=headers)).json()["id"])
