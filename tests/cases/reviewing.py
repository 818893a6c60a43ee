"""What officers do between the desk and the registration."""

from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import update

from app.cases.rules.requirements import Requirement
from app.core.database import Sessions
from app.offices.models import Office
from tests.cases.handling import OFFICE, Body, Headers, case_of, stepped
from tests.complaints import filing

OWN_CODE = "27.09"
PLENARY: Body = {
    "held_on": "2026-11-01",
    "minutes_number": "034/BA-PLENO/XI/2026",
    "members": 5,
    "present": [
        {"name": "Anggota Rekaan Satu", "vote": "agree"},
        {"name": "Anggota Rekaan Dua", "vote": "agree"},
        {"name": "Anggota Rekaan Tiga", "vote": "dissent", "opinion": "Rekaan: belum cukup."},
    ],
    "reasoning": "Rekaan: pengawas melihatnya sendiri.",
}
FEW: Body = PLENARY | {"present": PLENARY["present"][:2]}
REASON: Body = {"reason": "not_election_violation", "note": "Rekaan: bukan soal pemilihan."}


async def give_own_code(
    sessions: Sessions, office: str = OFFICE, own_code: str | None = OWN_CODE
) -> None:
    async with sessions.begin() as session:
        changed = update(Office).where(Office.code == office).values(own_code=own_code)
        await session.execute(changed)


async def check(
    client: AsyncClient, case: Body, officer: Headers, requirement: str, *, met: bool, **more: Any
) -> Response:
    return await client.put(
        f"/cases/{case['id']}/requirements/{requirement}",
        json={"is_met": met, **more},
        headers=dict(officer),
    )


async def checked(client: AsyncClient, case: Body, officer: Headers, *unmet: str) -> Body:
    """Every requirement looked at; return the checklist."""
    for each in Requirement:
        answer = await check(client, case, officer, each, met=each not in unmet)
        assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def asked(
    client: AsyncClient, case: Body, officer: Headers, *missing: str, note: str | None = None
) -> Body:
    """The reporter was told what is missing."""
    await checked(client, case, officer, *(missing or ("evidence",)))
    letter = {"letter_number": "012/PP.00.02/11/2026", "note": note}
    return await stepped(client, case, "completion-request", officer, letter)


async def registered(client: AsyncClient, case: Body, officer: Headers) -> Body:
    await checked(client, case, officer)
    return await stepped(client, case, "registration", officer, {"election_type": "PB"})


async def entered_finding(client: AsyncClient, officer: Headers, **event: str) -> Body:
    """What supervisors saw themselves; it is a case from then on."""
    said = filing.complaint(event=event)
    body = {name: said[name] for name in ("event", "reported_persons")} | {
        "channel": "oversight",
        "received_at": "2024-11-06T02:30:00Z",
        "letter_number": "012/LHP/PM.01.02/11/2024",
        "evidence_notes": ["Foto rekaan"],
        "finder": {"name": "Pengawas Rekaan", "position": "Panwaslu Desa"},
    }
    answer = await client.post("/complaints/entries", json=body, headers=dict(officer))
    assert answer.status_code == 201, answer.text
    case = await case_of(client, officer, answer.json()["id"])
    return case | {"complaint_id": answer.json()["id"]}


async def supplement(client: AsyncClient, case: Body, id: UUID, **said: Any) -> Response:
    return await client.put(f"/receipt/supplements/{id}", json=said, headers=case["receipt"])
