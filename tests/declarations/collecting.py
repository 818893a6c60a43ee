"""A device in a room without network, as its maker would write it: it knows HTTP and the page in
docs/decisions/signing-in-the-room.md, and checks signatures with `cryptography` alone."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from httpx import AsyncClient, Response

from app.core.ids import new_id
from app.web.clock import present
from tests.declarations.declaring import Body, Headers

STROKES = [[[100, 500], [300, 200], [900, 480]], [[500, 500]]]


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def opened_bundle(signed: Body, key: Body) -> Body:
    """The bundle, if it was signed by this key; raises InvalidSignature otherwise."""
    header = json.loads(decode(signed["protected"]))
    assert header == {"alg": "EdDSA", "kid": key["kid"], "typ": "netra-bundle+json"}
    said = f"{signed['protected']}.{signed['payload']}".encode()
    Ed25519PublicKey.from_public_bytes(decode(key["x"])).verify(decode(signed["signature"]), said)
    return dict(json.loads(decode(signed["payload"])))


@dataclass
class Device:
    """A registered device with its bundle, and what it has collected."""

    client: AsyncClient
    id: str
    headers: Headers
    key: Body
    where: Body
    bundle: Body = field(default_factory=dict)
    collected: list[Body] = field(default_factory=list)
    next_sequence: int = 1

    async def take_along(self) -> Body:
        path = f"/declarations/{self.where['id']}/bundle"
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        self.bundle = opened_bundle(answer.json(), self.key)
        self.next_sequence = self.bundle["next_sequence"]
        return self.bundle

    def nonce(self, sequence: int) -> str:
        secret = decode(self.bundle["nonce_secret"])
        mac = hmac.new(secret, f"netra-nonce/1 {sequence}".encode(), hashlib.sha256).digest()
        return encode(mac[:16])

    def collect(self, at: datetime | None = None, **changes: Any) -> Body:
        """Let somebody sign; `signer` or `target` says who."""
        number = self.next_sequence
        self.next_sequence += 1
        item: Body = {
            "id": str(new_id()),
            "method": "click",
            "captured_at": (at or present()).isoformat(),
            "sequence": number,
            "nonce": self.nonce(number),
        }
        if "target" not in changes:
            item["signer"] = signer(number)
        self.collected.append(item | changes)
        return self.collected[-1]

    async def deliver(self, *items: Body, **extra: Any) -> Response:
        return await send(self.client, self.where, list(items), self.headers, **extra)


def signer(number: int, **changes: Any) -> Body:
    return {
        "name": f"Hadirin Rekaan {number}",
        "position": "Camat",
        "office": "Kecamatan Rekaan",
        "group": "asn_pns",
        "region_code": "13.03",
    } | changes


async def send(
    client: AsyncClient, where: Body, items: list[Any], headers: Headers, **extra: Any
) -> Response:
    language = headers | {"Accept-Language": extra.pop("language", "id")}
    path = f"/declarations/{where['id']}/signatures/batch"
    return await client.post(path, json={"items": items} | extra, headers=language)


async def registered(client: AsyncClient, headers: Headers, where: Body, **changes: Any) -> Device:
    body = {"label": "Tablet rekaan", "valid_hours": 12} | changes
    path = f"/declarations/{where['id']}/devices"
    answer = await client.post(path, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    added = answer.json()
    receipt = {"Authorization": f"Receipt {added['credential']}"}
    return Device(client, added["device"]["id"], receipt, added["key"], where)


def outcomes(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["outcome"] for each in answer.json()["items"]]


def codes(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [(each["problem"] or {}).get("code", "") for each in answer.json()["items"]]


def in_hours(hours: float) -> datetime:
    return present() + timedelta(hours=hours)
