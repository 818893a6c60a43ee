"""What a meeting leaves: approved minutes, files, a follow-up plan; used by several tests."""

from typing import Any, Final

from httpx import AsyncClient

from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.rakor.meeting import MINUTES, Desk, told

FOLLOW_UP: Final[dict[str, Any]] = {
    "action": "Menyampaikan surat edaran kepada semua wali nagari.",
    "office_name": "Dinas Rekaan",
    "region_code": "13.03",
    "due_on": "2024-10-15",
}
AGENDA: Final[dict[str, Any]] = {
    "title": "Pembahasan tindak lanjut",
    "starts_at": "2024-10-30T02:00:00Z",
    "ends_at": "2024-10-30T03:00:00Z",
}
LATER: Final[dict[str, Any]] = {"starts_on": "2024-10-30", "ends_on": "2024-10-30"}


FORM: Final[dict[str, Any]] = {
    "prevention_form": "education",
    "description": "Sosialisasi aturan netralitas.",
    "assignment_letter": "017/PM.00.02/K.SB-08/09/2024",
}
REPORT: Final[dict[str, Any]] = {
    "background": "Pemungutan suara mendekat.",
    "legal_basis": ["Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"],
    "closing": "Demikian laporan ini dibuat.",
    "implementers": [{"name": "Pelaksana Rekaan", "position": "Anggota Bawaslu"}],
}


async def minuted(desk: Desk, event: str) -> dict[str, Any]:
    return told(await desk.post(f"{event}/minutes", MINUTES), 201)


async def approved(desk: Desk, chair: Desk, event: str) -> None:
    """Write minutes and let the chair approve them."""
    version = (await minuted(desk, event))["version"]
    told(await chair.post(f"{event}/minutes/approval", {"version": version}), 200)


async def planned(desk: Desk, event: str, **changes: Any) -> dict[str, Any]:
    return told(await desk.post(f"{event}/follow-ups", FOLLOW_UP | changes), 201)


async def uploaded(desk: Desk, event: str, content: bytes | None = None) -> str:
    """The id of a file that came for this event."""
    said = {"event_id": event.rpartition("/")[2]}
    place = await Sender(desk.client, desk.headers, said=said).sent(content or photograph())
    return place.rpartition("/")[2]


async def listed(desk: Desk, event: str, evidence_id: str, **changes: Any) -> dict[str, Any]:
    body = {
        "evidence_id": evidence_id,
        "kind": "photo",
        "title": "Pembacaan ikrar",
        "audience": "public",
    }
    return told(await desk.post(f"{event}/materials", body | changes), 201)


def nobody(client: AsyncClient) -> Desk:
    """Somebody without an account."""
    return Desk(client, {}, "")
