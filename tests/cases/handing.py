"""What offices do with a case between them; all of it invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions

Body = dict[str, Any]
Headers = Mapping[str, str]

HERE, ABOVE, BESIDE = "bawaslu-73.04", "bawaslu-73", "bawaslu-73.05"
LETTER = "012/PM.06.02/K.SN-05/XI/2024"
REASON = "Rekaan: tempat kejadian berada di wilayah kantor penerima."


@dataclass(frozen=True)
class Scene:
    """A member of a regency (the desk), of its province, and of the neighbouring regency; and the
    ids of offices by their codes."""

    client: AsyncClient
    sessions: Sessions
    keys: Keyring
    desk: dict[str, str]
    province: dict[str, str]
    neighbour: dict[str, str]
    offices: dict[str, str]


async def offer(client: AsyncClient, case: Body, officer: Headers, to: object) -> Response:
    body = {"to_office_id": str(to), "letter_number": LETTER, "reason": REASON}
    path = f"/cases/{case['id']}/transfers"
    return await client.post(path, json=body, headers=dict(officer))


async def offered(client: AsyncClient, case: Body, officer: Headers, to: object) -> Body:
    answer = await offer(client, case, officer, to)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def answer(
    client: AsyncClient, transfer: Body, noun: str, officer: Headers, body: Body | None = None
) -> Response:
    path = f"/transfers/{transfer['id']}/{noun}"
    return await client.post(path, json=body, headers=dict(officer))


async def accepted(client: AsyncClient, transfer: Body, officer: Headers) -> Body:
    taken = await answer(client, transfer, "acceptance", officer)
    assert taken.status_code == 200, taken.text
    return dict(taken.json())


async def reject(client: AsyncClient, transfer: Body, officer: Headers) -> Response:
    return await answer(
        client, transfer, "rejection", officer, {"reason": "Rekaan: bukan di sini."}
    )


async def take_over(client: AsyncClient, case: Body, officer: Headers) -> Response:
    body = {"letter_number": LETTER, "reason": "Rekaan: kantor pemegang kekurangan petugas."}
    return await client.post(f"/cases/{case['id']}/takeover", json=body, headers=dict(officer))


async def custody(client: AsyncClient, case: Body, officer: Headers) -> list[Body]:
    told = await client.get(f"/cases/{case['id']}/custody", headers=dict(officer))
    assert told.status_code == 200, told.text
    return list(told.json()["items"])


async def sees(client: AsyncClient, officer: Headers, path: str) -> bool:
    told = await client.get(path, headers=dict(officer))
    assert told.status_code in (200, 404), told.text
    return told.status_code == 200
