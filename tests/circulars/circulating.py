"""A letter like that of Sinjai, and what the tests do with it; every person is invented."""

from typing import Any

from httpx import AsyncClient

from tests.rakor.meeting import Desk, told

REGION = "73.07"
AGENCIES = ("Dinas Pendidikan Rekaan", "Dinas Kesehatan Rekaan", "Inspektorat Rekaan")
TO_AGENCIES: dict[str, Any] = {
    "category": "regional_agency",
    "region_code": REGION,
    "names": list(AGENCIES),
}
TO_PERSONNEL: dict[str, Any] = {"category": "personnel_agency", "region_code": REGION}
TO_DISTRICTS: dict[str, Any] = {"category": "subdistrict_head", "region_code": REGION}
OBLIGATIONS: list[dict[str, Any]] = [
    {"what": "Menyampaikan edaran kepada seluruh pegawai.", "due_on": "2024-09-30"},
    {"what": "Membacakan ikrar netralitas.", "due_on": "2024-10-15", "report_to": "BKPSDM"},
]
LETTER: dict[str, Any] = {
    "issuer": "Pemerintah Kabupaten Sinjai",
    "signer": {"post": "Sekretaris Daerah", "name": "Pejabat Rekaan"},
    "number": "800/1/REKAAN/2024",
    "dated_on": "2024-09-17",
    "nature": "important",
    "subject": "Netralitas ASN",
    "body": "Setiap ASN netral.\n\nAtasan mengawasi.",
    "legal_basis": ["UU 20/2023, Pasal 9"],
    "addressees": [TO_AGENCIES, TO_PERSONNEL],
    "obligations": OBLIGATIONS,
    "acknowledge_by": "2024-09-24",
}
DONE: dict[str, Any] = {
    "done_on": "2024-09-17",
    "note": "Dibacakan dalam apel oleh Pejabat Rekaan.",
    "letter_number": "800/2/REKAAN/2024",
}


async def draft(desk: Desk, **changes: Any) -> dict[str, Any]:
    body = LETTER | {"office_id": desk.office_id} | changes
    return told(await desk.post("/circulars", body), 201)


async def issue(desk: Desk, **changes: Any) -> dict[str, Any]:
    drafted = await draft(desk, **changes)
    return told(await desk.post(f"/circulars/{drafted['id']}/issuance"), 200)


async def codes(desk: Desk, circular: dict[str, Any], **query: str) -> dict[str, str]:
    """The code of each office that was addressed, by its name."""
    wanted = "&".join(f"{name}={value}" for name, value in {"limit": "200", **query}.items())
    found = told(await desk.get(f"/circulars/{circular['id']}/codes?{wanted}"), 200)
    return {each["office_name"]: each["code"] for each in found["items"]}


async def answer(client: AsyncClient, what: str, code: str, status: int = 200, **body: Any) -> Any:
    answer = await client.post(f"/circular-answers/{what}", json={"code": code} | body)
    return told(answer, status)


async def reach(desk: Desk, circular: dict[str, Any]) -> dict[str, Any]:
    return told(await desk.get(f"/circulars/{circular['id']}/reach"), 200)
