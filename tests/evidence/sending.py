"""Invented files, and what a tus client does to send them."""

import base64
import hashlib
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.files.store import EvidenceStore
from app.evidence.repository.evidence import EvidenceRepository
from tests.complaints.filing import Body, file, receipt

UPLOADS = "/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
OCTETS = {**TUS, "Content-Type": "application/offset+octet-stream"}
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0"


def photo(size: int, *, head: bytes = JPEG, seed: int = 7) -> bytes:
    """Bytes that begin like a photo; equal seeds give equal photos."""
    return head + random.Random(seed).randbytes(size - len(head))  # noqa: S311  no secret


def metadata(**fields: str) -> str:
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items()
    )


def checksum(data: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


@dataclass
class Sender:
    """Whoever sends files to one complaint: a reporter with the receipt, or an officer."""

    client: AsyncClient
    headers: dict[str, str]
    complaint: Body = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def complaint_id(self) -> UUID:
        return UUID(self.complaint["id"])

    async def begin(self, content: bytes, **options: Any) -> Response:
        """Begin an upload; `said` and `length` replace what is true, `chunk` comes along."""
        said = {"sha256": hashlib.sha256(content).hexdigest(), **self.said}
        said |= options.get("said", {})
        headers = {
            **TUS,
            **self.headers,
            "Upload-Length": str(options.get("length", len(content))),
            "Upload-Metadata": metadata(**said),
        }
        chunk = options.get("chunk")
        if chunk is not None:
            headers |= OCTETS
        return await self.client.post(UPLOADS, headers=headers, content=chunk)

    async def begun(self, content: bytes, **options: Any) -> str:
        """The place of an upload that was begun."""
        answer = await self.begin(content, **options)
        assert answer.status_code == 201, answer.text
        return at(answer)

    async def send(
        self, place: str, data: Any, offset: int = 0, headers: dict[str, str] | None = None
    ) -> Response:
        sent = {**OCTETS, **self.headers, "Upload-Offset": str(offset), **(headers or {})}
        return await self.client.patch(place, content=data, headers=sent)

    async def sent(self, content: bytes, **options: Any) -> str:
        """Send a whole file; return its place."""
        place = await self.begun(content, **options)
        answer = await self.send(place, content)
        assert answer.status_code == 204, answer.text
        assert answer.headers["upload-offset"] == str(len(content))
        return place

    async def offset(self, place: str) -> int:
        answer = await self.client.head(place, headers={**TUS, **self.headers})
        assert answer.status_code == 200
        return int(answer.headers["upload-offset"])

    async def told(self, place: str) -> Body:
        answer = await self.client.get(place, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def cancel(self, place: str) -> Response:
        return await self.client.delete(place, headers={**TUS, **self.headers})


def at(answer: Response) -> str:
    return str(answer.headers["location"]).removeprefix("/api/v1")


async def reporter(client: AsyncClient, **changes: Any) -> Sender:
    """A reporter who has just filed a complaint."""
    filed = await file(client, **changes)
    return Sender(client, receipt(filed), filed)


async def kept(app: FastAPI, sessions: Sessions, keys: Keyring, sender: Sender) -> list[bytes]:
    """Every file that is evidence in the complaint of this sender, decrypted."""
    async with sessions.begin() as session:
        found = await EvidenceRepository(session, SYSTEM).of(sender.complaint_id)
    store = EvidenceStore(app.state.depot.objects, keys)
    return [b"".join([piece async for piece in store.open(each)]) for each in found]
