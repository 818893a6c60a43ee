"""A phone at the door of an event, as its maker would write it: it knows HTTP and the page in
docs/decisions/rakor-presence.md, and checks signatures with `cryptography` alone."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from httpx import AsyncClient, Response

from app.core.ids import new_id
from tests.rakor.meeting import Desk, answer, told

Body: TypeAlias = dict[str, Any]


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def verified(protected: str, payload: str, signature: str, key: Body, typ: str) -> Body:
    """What was signed by this key for this purpose; raises InvalidSignature otherwise."""
    if json.loads(decode(protected)) != {"alg": "EdDSA", "kid": key["kid"], "typ": typ}:
        raise InvalidSignature
    said = f"{protected}.{payload}".encode()
    Ed25519PublicKey.from_public_bytes(decode(key["x"])).verify(decode(signature), said)
    return dict(json.loads(decode(payload)))


@dataclass
class Phone:
    """A registered device with its bundle, and the numbers of what it has seen.

    By its own clock it is `fast_by` later than it is; when it takes its bundle along it learns
    what to take off.
    """

    client: AsyncClient
    event: str
    id: str
    headers: dict[str, str]
    key: Body
    bundle: Body = field(default_factory=dict)
    next_sequence: int = 1
    fast_by: timedelta = timedelta(0)
    taken_off: timedelta = timedelta(0)

    async def take_along(self) -> Body:
        signed = told(await self.client.get(f"{self.event}/bundle", headers=self.headers), 200)
        parts = (signed["protected"], signed["payload"], signed["signature"])
        self.bundle = verified(*parts, self.key, "netra-event-bundle+json")
        # What lies here undelivered has numbers that the server cannot know.
        self.next_sequence = max(self.next_sequence, self.bundle["next_sequence"])
        issued_at = datetime.fromisoformat(self.bundle["issued_at"])
        own_time = issued_at + self.fast_by
        self.taken_off = own_time - issued_at
        return self.bundle

    def fault_of(self, scanned: str, at: datetime) -> str | None:
        """Why the door stays closed, without asking anybody."""
        [key] = self.bundle["ticket_keys"]
        try:
            protected, payload, signature = scanned.split(".")
            said = verified(protected, payload, signature, key, "netra-ticket+jwt")
        except (InvalidSignature, ValueError, TypeError):
            return "unknown_ticket"
        event = self.bundle["event"]
        if said["aud"] != event["id"]:
            return "other_event"
        if said["jti"] in self.bundle["revoked_tickets"]:
            return "revoked_ticket"
        since, until = (datetime.fromisoformat(event[x]) for x in ("valid_from", "valid_until"))
        return None if since <= at < until else "wrong_day"

    def scan(self, scanned: str, at: datetime, **changes: Any) -> Body:
        """What the phone writes down of a scan, whether it let in or not."""
        fault = self.fault_of(scanned, self.time(at))
        if fault is None:
            return self.note(at, ticket=scanned, **changes)
        if fault != "unknown_ticket":
            return self.note(at, ticket=scanned, fault=fault, **changes)
        hashed = hashlib.sha256(scanned.encode()).hexdigest()
        return self.note(at, scanned_hash=hashed, fault=fault, **changes)

    def time(self, at: datetime) -> datetime:
        """What the phone takes this moment for."""
        return at + self.fast_by - self.taken_off

    def note(self, at: datetime, **changes: Any) -> Body:
        number = self.next_sequence
        self.next_sequence += 1
        item: Body = {
            "id": str(new_id()),
            "mode": "on_site",
            "captured_at": self.time(at).isoformat(),
            "sequence": number,
            "nonce": self.nonce(number),
        }
        return item | changes

    def nonce(self, number: int) -> str:
        secret = decode(self.bundle["nonce_secret"])
        return encode(hmac.digest(secret, f"netra-scan/1 {number}".encode(), hashlib.sha256)[:16])

    async def deliver(self, *items: Any) -> Response:
        return await send(self.client, self.event, items, self.headers)


async def send(
    client: AsyncClient, event: str, items: Any, headers: dict[str, str], **extra: Any
) -> Response:
    body = {"items": list(items)} | extra
    return await client.post(f"{event}/check-ins/batch", json=body, headers=headers)


async def register(desk: Desk, event: str) -> Phone:
    """A phone that the desk registered, with its bundle."""
    added = told(await desk.post(f"{event}/devices", {"label": "Ponsel rekaan"}), 201)
    receipt = {"Authorization": f"Receipt {added['credential']}"}
    phone = Phone(desk.client, event, added["device"]["id"], receipt, added["key"])
    await phone.take_along()
    return phone


async def ticket_of(client: AsyncClient, invitation: Body) -> str:
    """The ticket that comes with the answer of who comes."""
    answered = told(await answer(client, invitation["code"], answer="coming"), 200)
    return str(answered["ticket"]["ticket"])


def outcomes(delivered: Response) -> list[str]:
    """What became of each item: its outcome, or the code of its problem."""
    return [
        each["problem"]["code"] if each["problem"] else each["outcome"]
        for each in told(delivered, 200)["items"]
    ]
