"""What supervisors found on their own watch: with evidence, with a finder, without a reporter."""

import json
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.complaints.files.marks import STOP_WORDS
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.rules.marks import facts_in
from app.complaints.rules.procedure import Part
from app.complaints.service.indexing import IndexingService
from app.complaints.service.reading import ReportReader
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import present
from tests.complaints.filing import Body, receipt
from tests.complaints.test_entries import entry
from tests.people import officer

OFFICE = "bawaslu-73.04"
FINDER = {"name": "Pengawas Rekaan", "position": "Panwaslu Kelurahan/Desa"}

Headers = dict[str, str]


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="duty_officer", office_code=OFFICE)


def finding(**changes: Any) -> Body:
    said = {
        "channel": "oversight",
        "reporter": None,
        "finder": FINDER,
        "letter_number": "012/LHP/11/2024",
        "evidence_notes": ["Foto rekaan"],
    }
    return entry(**said | changes)


async def enter(client: AsyncClient, desk: Headers, **changes: Any) -> Response:
    return await client.post("/complaints/entries", json=finding(**changes), headers=desk)


async def found(client: AsyncClient, desk: Headers, **changes: Any) -> Body:
    answer = await enter(client, desk, **changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_finding_waits_for_its_registration_and_not_for_a_review(
    client: AsyncClient, desk: Headers
) -> None:
    entered = await found(client, desk)

    assert (entered["kind"], entered["status"]) == ("finding", "finding")
    assert (entered["next_due_on"], entered["filed_late"]) == (None, False)
    assert "meregistrasi" in entered["next_step"]["id"]


async def test_the_desk_sees_the_finder_and_the_supervision_report(
    client: AsyncClient, desk: Headers
) -> None:
    entered = await found(client, desk)

    read = (await client.get(f"/complaints/{entered['id']}", headers=desk)).json()

    assert read["finder"] == FINDER
    assert read["letter_number"] == "012/LHP/11/2024"
    assert read["evidence_notes"] == ["Foto rekaan"]
    assert read["reporter"] is None
    assert [each["name"] for each in read["reported_persons"]] == ["Terlapor Rekaan"]
    assert read["witnesses"] == []


async def test_a_report_has_no_finder(client: AsyncClient, desk: Headers) -> None:
    entered = (await client.post("/complaints/entries", json=entry(), headers=desk)).json()

    read = (await client.get(f"/complaints/{entered['id']}", headers=desk)).json()

    assert read["finder"] is None


async def test_it_is_found_in_the_list_by_its_kind_and_by_its_status(
    client: AsyncClient, desk: Headers
) -> None:
    entered = await found(client, desk)
    await client.post("/complaints/entries", json=entry(), headers=desk)

    for asked in ({"kind": "finding"}, {"status": "finding"}, {"channel": "oversight"}):
        listed = await client.get("/complaints", params=asked, headers=desk)
        assert [each["id"] for each in listed.json()["items"]] == [entered["id"]]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"reporter": entry()["reporter"]}, [("/finder", "two-sources")]),
        ({"letter_number": None}, [("/letter_number", "supervision-report-missing")]),
        ({"evidence_notes": []}, [("/evidence_notes", "evidence-missing")]),
        (
            {"letter_number": None, "evidence_notes": []},
            [
                ("/letter_number", "supervision-report-missing"),
                ("/evidence_notes", "evidence-missing"),
            ],
        ),
        ({"finder": {"name": "Pengawas Rekaan"}}, [("/finder/position", "missing")]),
        ({"event": {"region_code": "13.03"}}, [("/event/region_code", "outside-area")]),
    ],
)
async def test_a_finding_that_lacks_something_is_told_what(
    client: AsyncClient, desk: Headers, change: Body, faults: list[tuple[str, str]]
) -> None:
    answer = await enter(client, desk, **change)

    assert answer.status_code == 422, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == faults


async def test_a_finding_is_late_after_seven_days(client: AsyncClient, desk: Headers) -> None:
    # Found on the 5th: the 12th is the last day, and the office closes at 16:00 WITA.
    in_time = await found(client, desk, received_at="2024-11-12T07:59:59Z")
    late = await found(client, desk, received_at="2024-11-12T08:00:00Z")

    assert (in_time["filed_late"], late["filed_late"]) == (False, True)


async def test_the_desk_takes_no_finding_up_for_a_review(
    client: AsyncClient, desk: Headers, sessions: Sessions, keys: Keyring
) -> None:
    entered = await found(client, desk)
    handler = await officer(sessions, keys, role="handler", office_code=OFFICE)

    answer = await client.post(f"/complaints/{entered['id']}/review", headers=handler)

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal-step")


async def test_the_finder_lies_sealed_and_leaves_no_mark(
    client: AsyncClient, desk: Headers, sessions: Sessions, keys: Keyring
) -> None:
    entered = await found(client, desk)
    id = UUID(entered["id"])

    async with sessions.begin() as session:
        part = select(ComplaintPerson.sealed).where(ComplaintPerson.part == Part.FINDER)
        sealed = (await session.scalars(part)).one()
        said = (await IndexingService(session, keys).said([id]))[id]
        complaint = await session.get_one(Complaint, id)
        persons = await ReportReader(session, SYSTEM, present(), keys).persons(complaint)

    assert b"Pengawas" not in sealed
    assert [each.name for each in said.persons] == ["Terlapor Rekaan"]
    assert not {fact for fact in facts_in(said, STOP_WORDS) if "pengawas" in fact.value}
    assert [each.name for each in persons] == ["Terlapor Rekaan"]


async def test_the_journal_tells_the_kind_and_not_the_finder(
    client: AsyncClient, desk: Headers, sessions: Sessions
) -> None:
    await found(client, desk)

    async with sessions.begin() as session:
        written = select(JournalEntry.payload).where(JournalEntry.action == "complaint.entered")
        payload = (await session.scalars(written)).one()

    assert payload == {"kind": "finding", "channel": "oversight"}
    assert "Rekaan" not in json.dumps(payload)


async def test_its_receipt_follows_and_adds_and_does_not_withdraw(
    client: AsyncClient, desk: Headers
) -> None:
    entered = await found(client, desk)

    followed = await client.get("/receipt", headers=receipt(entered))
    withdrawn = await client.post("/receipt/withdrawal", json={}, headers=receipt(entered))

    assert followed.status_code == 200, followed.text
    assert followed.json()["label"]["id"] == "Menjadi temuan pengawas"
    assert "Pengawas Rekaan" not in followed.text
    assert (withdrawn.status_code, withdrawn.json()["code"]) == (409, "not-withdrawable")


async def test_the_identity_of_a_finder_is_no_custodians_matter(
    client: AsyncClient, desk: Headers, sessions: Sessions, keys: Keyring
) -> None:
    entered = await found(client, desk)
    handler = await officer(sessions, keys, role="handler", office_code=OFFICE)
    reason = {"reason": "Contoh rekaan: ingin tahu siapa yang melapor."}

    answer = await client.post(
        f"/complaints/{entered['id']}/identity-requests", json=reason, headers=handler
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "no-identity")


async def test_the_evidence_of_a_finding_can_be_listed(client: AsyncClient, desk: Headers) -> None:
    entered = await found(client, desk)

    answer = await client.get(f"/complaints/{entered['id']}/evidence", headers=desk)

    assert (answer.status_code, answer.json()["items"]) == (200, [])
