"""An officer's desk, from which the tests plan, announce and hold events."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from httpx import AsyncClient, Response

from app.core.ids import new_id

FIRST_DAY = datetime(2024, 9, 30, 2, tzinfo=UTC)

PLAN: dict[str, Any] = {
    "kinds": ["outreach", "declaration"],
    "mode": "on_site",
    "title": "Sosialisasi dan Deklarasi Netralitas",
    "purpose": "Meneguhkan netralitas aparatur.",
    "venue": "Hotel Bukik Gadang",
    "venue_region_code": "13.03",
    "starts_on": "2024-09-30",
    "ends_on": "2024-10-01",
    "election_code": "pilkada-2024",
    "is_stage": True,
    "target_groups": ["civil_servants", "village_heads"],
}
SESSION: dict[str, Any] = {
    "title": "Pembacaan ikrar",
    "starts_at": "2024-09-30T02:00:00Z",
    "ends_at": "2024-09-30T04:00:00Z",
    "contributors": [
        {"role": "speaker", "office_name": "Sekretariat Daerah", "post": "Sekda"},
    ],
}
NAGARI: dict[str, Any] = {
    "office_name": "Kantor Wali Nagari Rekaan",
    "region_code": "13.03.03",
    "post": "Wali Nagari",
}
WALK_IN: dict[str, Any] = {
    "office_name": "Redaksi Koran Rekaan",
    "post": "Wartawan",
    "mode": "on_site",
    "captured_at": "2024-09-30T01:45:00Z",
}
MINUTES: dict[str, Any] = {
    "text": "Rapat dibuka pukul 09.00.\nPeserta Rekaan bertanya.",
    "decisions": [{"text": "Setiap OPD membuat laporan."}],
}


def told(answer: Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def answer(client: AsyncClient, code: str, **body: Any) -> Response:
    return await client.post("/invitation-answers", json={"code": code} | body)


@dataclass(frozen=True)
class Desk:
    """Somebody with a credential, or with none, and the office behind."""

    client: AsyncClient
    headers: dict[str, str]
    office_id: str

    async def get(self, path: str) -> Response:
        return await self.client.get(path, headers=self.headers)

    async def post(self, path: str, body: dict[str, Any] | None = None, **more: str) -> Response:
        return await self.client.post(path, json=body, headers=self.headers | more)

    async def put(self, path: str, body: dict[str, Any]) -> Response:
        return await self.client.put(path, json=body, headers=self.headers)

    async def patch(self, path: str, body: dict[str, Any], **more: str) -> Response:
        headers = self.headers | {"Content-Type": "application/merge-patch+json"} | more
        return await self.client.patch(path, json=body, headers=headers)

    async def draft(self, **changes: Any) -> dict[str, Any]:
        body = PLAN | {"office_id": self.office_id} | changes
        return told(await self.post("/events", body), 201)

    async def announce(self, **changes: Any) -> str:
        """Draft and publish an event; return its path."""
        event = f"/events/{(await self.draft(**changes))['id']}"
        told(await self.post(f"{event}/publication"), 200)
        return event

    async def invite(self, event: str, *invited: dict[str, Any]) -> list[dict[str, Any]]:
        """Each as often as it is named."""
        body = {"letter_number": "005/PM.00/IX/2024", "invited": list(invited), "again": True}
        answer = told(await self.post(f"{event}/invitations", body), 201)
        return list(answer["items"])

    async def check_in(self, event: str, **body: Any) -> Response:
        return await self.put(f"{event}/check-ins/{new_id()}", body)

    async def hold(self, event: str) -> None:
        told(await self.post(f"{event}/holding"), 200)

    async def admit(self, event: str, invitation: dict[str, Any], mode: str = "on_site") -> None:
        who = {"invitation_id": invitation["id"], "captured_at": "2024-09-30T01:50:00Z"}
        told(await self.check_in(event, mode=mode, **who), 201)
