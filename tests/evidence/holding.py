"""Complaints with evidence, and the officers who look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.complaints.filing import Body
from tests.evidence.sending import Sender, reporter
from tests.people import officer

OFFICE = "bawaslu-73.04"
REASON = {"reason": "Memeriksa keaslian, rekaan."}


@dataclass
class Case:
    """One complaint with one file, and a member of the office that handles it."""

    client: AsyncClient
    sender: Sender
    member: dict[str, str]
    evidence_id: str

    @property
    def complaint(self) -> str:
        return f"/complaints/{self.sender.complaint['id']}"

    @property
    def path(self) -> str:
        return f"{self.complaint}/evidence/{self.evidence_id}"

    async def open(
        self, headers: dict[str, str] | None = None, form: Body | None = None, **query: str
    ) -> Response:
        return await self.client.post(
            f"{self.path}/openings",
            json=REASON if form is None else form,
            headers=headers or self.member,
            params=query,
        )

    async def copy(self) -> Response:
        return await self.client.get(f"{self.path}/copy", headers=self.member)

    async def listed(self) -> Body:
        """The file as the desk's list shows it."""
        answer = await self.client.get(f"{self.complaint}/evidence", headers=self.member)
        assert answer.status_code == 200, answer.text
        [item] = answer.json()["items"]
        return dict(item)

    async def own(self) -> list[Body]:
        """The reporter's own list."""
        answer = await self.client.get("/receipt/evidence", headers=self.sender.headers)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def openings(self) -> list[Body]:
        answer = await self.client.get(f"{self.path}/openings", headers=self.member)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])


async def case(
    client: AsyncClient, sessions: Sessions, keys: Keyring, content: bytes, **said: Any
) -> Case:
    sender = await reporter(client)
    place = await sender.sent(content, said=said)
    member = await officer(sessions, keys, role="member", office_code=OFFICE)
    return Case(client, sender, member, str((await sender.told(place))["evidence_id"]))


def copier(
    app: FastAPI,
    sessions: Sessions,
    keys: Keyring,
    folder: Path,
    clock: Callable[[], datetime] = present,
) -> CopyService:
    return CopyService(sessions, keys, app.state.depot.objects, folder, clock)


def stored(app: FastAPI, file_id: str) -> Path:
    """Where a sealed file lies on the disk."""
    return Path(app.state.settings.evidence_folder / "sealed" / file_id[-2:] / file_id)
