"""The activity report: what people write, put together with what the event itself left."""

import io
import json
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.database import Sessions
from app.rakor.models.reports import EventReport
from app.rakor.schemas.reports import ActivityReportOut
from app.rakor.service.report_papers import report_words
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import REPORT, listed, nobody, planned, uploaded
from tests.rakor.meeting import FIRST_DAY, NAGARI, SESSION, WALK_IN, Desk, told

MINUTES: dict[str, Any] = {
    "text": "Rapat dibuka pukul 09.00.",
    "decisions": [{"text": "Setiap OPD menyampaikan surat edaran."}],
    "recommendations": [
        {"text": "BKPSDM membina pegawai.", "office_name": "BKPSDM Rekaan", "on_decision": 1}
    ],
}


@pytest.fixture
async def chair(open_desk: OpenDesk) -> Desk:
    return await open_desk("13.03", Role.MEMBER)


@pytest.fixture
async def event(sijunjung: Desk, chair: Desk, set_clock: SetClock) -> str:
    """An event with all that a report tells of it."""
    event = f"/events/{(await sijunjung.draft())['id']}"
    told(await sijunjung.post(f"{event}/sessions", SESSION), 201)
    told(await sijunjung.post(f"{event}/publication"), 200)
    camat = NAGARI | {"office_name": "Kecamatan Rekaan", "category": "subdistrict_head"}
    came, _ = await sijunjung.invite(event, camat, NAGARI)
    set_clock(FIRST_DAY)
    await sijunjung.admit(event, came)
    told(await sijunjung.check_in(event, **WALK_IN), 201)
    await sijunjung.hold(event)
    told(await sijunjung.post(f"{event}/minutes", MINUTES), 201)
    told(await chair.post(f"{event}/minutes/approval", {"version": 1}), 200)
    await planned(sijunjung, event)
    await listed(sijunjung, event, await uploaded(sijunjung, event))
    told(await sijunjung.post(f"{event}/attendance/closings"), 201)
    return event


async def write(desk: Desk, event: str, version: int = 0, **changes: Any) -> dict[str, Any]:
    answer = await desk.patch(f"{event}/report", REPORT | changes, **{"If-Match": f'"{version}"'})
    return told(answer, 200)


async def test_a_report_is_there_before_anybody_wrote(sijunjung: Desk, event: str) -> None:
    report = told(await sijunjung.get(f"{event}/report"), 200)

    assert (report["version"], report["background"], report["implementers"]) == (0, None, [])
    assert report["course"] == MINUTES["text"]
    assert report["participants"]["totals"]["present"] == 1
    assert report["participants"]["walk_ins"] == 1
    assert [
        (each["category"], each["invited"]) for each in report["participants"]["categories"]
    ] == [("subdistrict_head", 1), (None, 1)]
    assert report["decisions"][0]["text"] == MINUTES["decisions"][0]["text"]
    assert report["recommendations"][0]["office_name"] == "BKPSDM Rekaan"
    assert report["minutes"]["approved_at"] is not None
    assert [each["number"] for each in report["follow_ups"]] == [1]
    assert report["files"][0]["form_fault"] is None
    assert report["attendance_lists"][0]["number"] == 1


async def test_what_people_write_is_revised_by_version(sijunjung: Desk, event: str) -> None:
    path = f"{event}/report"
    first = await write(sijunjung, event)
    stale = await sijunjung.patch(path, {"closing": "Lain."}, **{"If-Match": '"0"'})
    blind = await sijunjung.patch(path, {"closing": "Lain."})
    second = await sijunjung.patch(path, {"background": None}, **{"If-Match": '"1"'})

    assert (first["version"], stale.status_code, blind.status_code) == (1, 412, 428)
    assert told(second, 200)["background"] is None
    assert second.json()["implementers"] == REPORT["implementers"]
    assert second.headers["etag"] == '"2"'


async def test_names_are_sealed_and_reading_is_journalled(
    sijunjung: Desk, sessions: Sessions, event: str
) -> None:
    await write(sijunjung, event)
    told(await sijunjung.get(f"{event}/report"), 200)

    async with sessions.begin() as session:
        kept = (await session.scalars(select(EventReport))).one()
        entries = (await session.scalars(select(JournalEntry).order_by(JournalEntry.id))).all()

    assert b"Rekaan" not in kept.sealed
    actions = [each.action for each in entries]
    assert actions[-2:] == ["report.written", "report.read"]
    assert not any("Pelaksana" in json.dumps(each.payload) for each in entries)


async def test_the_paper_has_every_part(sijunjung: Desk, event: str) -> None:
    await write(sijunjung, event)

    draft = await sijunjung.get(f"{event}/report/paper")
    told(await sijunjung.post(f"{event}/reporting"), 200)
    final = await sijunjung.get(f"{event}/report/paper")

    assert (draft.status_code, final.status_code) == (200, 200)
    [before, words] = [
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(each.content)).pages)
        for each in (draft, final)
    ]
    for part in (
        "BAWASLU KABUPATEN SIJUNJUNG",
        "Latar Belakang",
        "Dasar Hukum",
        "Maksud dan Tujuan",
        "Waktu dan Tempat",
        "Peserta",
        "Jalannya Kegiatan",
        "Keputusan",
        "Rekomendasi",
        "Rencana Tindak Lanjut",
        "Penutup",
        "Lampiran",
        "Pelaksana Rekaan",
        "Dinas Rekaan",
    ):
        assert part in words
    assert "RANCANGAN" in before
    assert "RANCANGAN" not in words


async def test_it_is_a_draft_again_until_later_minutes_are_approved(
    sijunjung: Desk, chair: Desk, event: str
) -> None:
    told(await sijunjung.post(f"{event}/reporting"), 200)
    change = {"text": "Belum disetujui."}
    told(await sijunjung.patch(f"{event}/minutes", change, **{"If-Match": '"1"'}), 200)
    unapproved = ActivityReportOut.model_validate_json(
        (await sijunjung.get(f"{event}/report")).content
    )
    told(await chair.post(f"{event}/minutes/approval", {"version": 2}), 200)
    approved = ActivityReportOut.model_validate_json(
        (await sijunjung.get(f"{event}/report")).content
    )

    assert [report_words(each)["is_draft"] for each in (unapproved, approved)] == [True, False]


async def test_a_report_is_for_who_acts_for_the_organiser(
    open_desk: OpenDesk, sijunjung: Desk, chair: Desk, event: str
) -> None:
    guest = await open_desk("73.04")
    told_open = await sijunjung.announce()
    await sijunjung.invite(told_open, {"office_id": guest.office_id, "post": "Ketua"})

    assert (await chair.get(f"{event}/report")).status_code == 200
    assert (await (await open_desk("13")).get(f"{event}/report")).status_code == 200
    assert (await guest.get(f"{told_open}/report")).status_code == 403
    assert (await (await open_desk("13.04")).get(f"{event}/report")).status_code == 404
    assert (await nobody(sijunjung.client).get(f"{event}/report")).status_code == 401


async def test_nothing_is_reported_of_a_draft(sijunjung: Desk) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"

    answer = await sijunjung.patch(f"{event}/report", REPORT, **{"If-Match": '"0"'})

    assert told(answer, 409)["code"] == "event-wrong-stage"


async def test_an_event_is_reported_by_minutes_that_the_chair_has_approved(
    sijunjung: Desk, chair: Desk, event: str
) -> None:
    change = {"text": "Rapat dibuka pukul 09.15."}
    told(await sijunjung.patch(f"{event}/minutes", change, **{"If-Match": '"1"'}), 200)

    early = await sijunjung.post(f"{event}/reporting")
    told(await chair.post(f"{event}/minutes/approval", {"version": 2}), 200)
    reported = await sijunjung.post(f"{event}/reporting")

    assert told(early, 409)["code"] == "minutes-not-approved"
    assert told(reported, 200)["stage"] == "reported"


async def test_a_recommendation_names_a_decision_that_is_there(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    entries = [{"text": "Rekaan.", "on_decision": 7}]

    answer = await sijunjung.post(
        f"{event}/minutes", {"text": "Rapat.", "recommendations": entries}
    )

    [error] = told(answer, 422)["errors"]
    assert error["pointer"] == "/recommendations/0/on_decision"
