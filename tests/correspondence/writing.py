"""What both sides of a correspondence do."""

from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.complaints.filing import Body, file, receipt
from tests.people import officer

OFFICE = "bawaslu-73.04"
ADDRESS = "seseorang@contoh.example"


class Reporter:
    """Somebody with a receipt."""

    def __init__(self, client: AsyncClient, filed: Body) -> None:
        self.client = client
        self.filed = filed
        self.headers = receipt(filed)
        self.subject_id = UUID(filed["id"])

    async def write(self, text: str = "Pesan rekaan.", id: UUID | None = None) -> Response:
        path = f"/receipt/messages/{id or new_id()}"
        return await self.client.put(path, json={"text": text}, headers=self.headers)

    async def messages(self, **asked: Any) -> Body:
        answer = await self.client.get("/receipt/messages", params=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def see(self, up_to: str | None = None) -> Response:
        body = {"up_to": up_to}
        return await self.client.post("/receipt/messages/read", json=body, headers=self.headers)

    async def leave(self, email: str = ADDRESS, language: str = "id") -> Response:
        body = {"email": email, "language": language}
        return await self.client.put("/receipt/contact", json=body, headers=self.headers)

    async def contact(self) -> Body:
        answer = await self.client.get("/receipt/contact", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def forget(self) -> Response:
        return await self.client.delete("/receipt/contact", headers=self.headers)

    async def follow(self) -> Body:
        answer = await self.client.get("/receipt", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


class Desk:
    """An officer who writes to reporters."""

    def __init__(self, client: AsyncClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    async def write(self, reporter: Reporter, text: str = "Jawaban rekaan.") -> Response:
        path = f"/complaints/{reporter.subject_id}/messages"
        return await self.client.post(path, json={"text": text}, headers=self.headers)

    async def messages(self, reporter: Reporter) -> Body:
        path = f"/complaints/{reporter.subject_id}/messages"
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def mark(self, reporter: Reporter, up_to: str) -> Response:
        path = f"/complaints/{reporter.subject_id}/messages/read"
        return await self.client.post(path, json={"up_to": up_to}, headers=self.headers)

    async def rows(self, **asked: Any) -> list[Body]:
        answer = await self.client.get("/complaints", params=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def read(self, reporter: Reporter) -> Body:
        path = f"/complaints/{reporter.subject_id}"
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def history(self, reporter: Reporter) -> list[str]:
        path = f"/complaints/{reporter.subject_id}/history"
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [each["action"] for each in answer.json()["items"]]

    async def review(self, reporter: Reporter) -> Response:
        path = f"/complaints/{reporter.subject_id}/review"
        return await self.client.post(path, headers=self.headers)


async def a_reporter(client: AsyncClient, **changes: Any) -> Reporter:
    return Reporter(client, await file(client, **changes))


async def a_desk(
    client: AsyncClient, sessions: Sessions, keys: Keyring, office: str = OFFICE
) -> Desk:
    headers = await officer(sessions, keys, role="handler", office_code=office)
    return Desk(client, headers)
