"""The follow-up plan: who does what by when, who reports it, and what is late."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.database import Sessions
from app.rakor.models.followups import FollowUpReport
from tests.rakor.conftest import OpenDesk
from tests.rakor.following import FOLLOW_UP, minuted, nobody, planned, uploaded
from tests.rakor.meeting import Desk, told

DONE = {"note": "Peserta Rekaan menerima semua.", "link": "https://contoh.go.id/bukti"}
DUE = datetime(2024, 10, 15, 17, tzinfo=UTC)
"""The end of 15 October in Jakarta, the due day of FOLLOW_UP."""


async def test_a_follow_up_says_who_does_what_by_when(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    follow_up = await planned(sijunjung, event)

    read = told(await sijunjung.get(f"/follow-ups/{follow_up['id']}"), 200)
    assert read["action"] == FOLLOW_UP["action"]
    assert (read["office_name"], read["office_region_code"]) == ("Dinas Rekaan", "13.03")
    assert (read["number"], read["state"], read["is_overdue"]) == (1, "open", False)
    assert datetime.fromisoformat(read["due_at"]) == DUE
    assert "code" not in read


async def test_the_due_day_ends_at_the_venue(sijunjung: Desk) -> None:
    event = await sijunjung.announce(venue_region_code="81.01")

    follow_up = await planned(sijunjung, event)

    assert datetime.fromisoformat(follow_up["due_at"]) == DUE - timedelta(hours=2)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"due_on": "2024-09-29"}, "/due_on"),
        ({"due_on": "2100-01-01"}, "/due_on"),
        ({"region_code": "13.99"}, "/region_code"),
        ({"office_id": "01932b5e-7c00-7000-8000-00000000dead"}, ""),
        ({"decision_number": 7}, "/decision_number"),
        ({"action": "\x00"}, "/action"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused_by_its_field(
    sijunjung: Desk, changes: dict[str, Any], pointer: str
) -> None:
    event = await sijunjung.announce()

    answer = await sijunjung.post(f"{event}/follow-ups", FOLLOW_UP | changes)

    assert [each["pointer"] for each in told(answer, 422)["errors"]] == [pointer]


async def test_an_office_that_is_not_registered_is_named_as_unknown(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    body = {"action": "Rekaan.", "due_on": "2024-10-15"}
    office = {"office_id": "01932b5e-7c00-7000-8000-00000000dead"}

    answer = await sijunjung.post(f"{event}/follow-ups", body | office)

    assert told(answer, 422)["errors"][0]["pointer"] == "/office_id"


async def test_a_follow_up_carries_out_a_decision_of_the_minutes(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await minuted(sijunjung, event)

    follow_up = await planned(sijunjung, event, decision_number=1)

    assert follow_up["decision_number"] == 1


async def test_a_draft_has_no_follow_ups(sijunjung: Desk) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"

    answer = await sijunjung.post(f"{event}/follow-ups", FOLLOW_UP)

    assert told(answer, 409)["code"] == "event-wrong-stage"


async def test_the_code_reports_for_an_office_without_an_account(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event)
    office, code = nobody(sijunjung.client), {"code": follow_up["code"]}

    begun = await office.post("/follow-up-answers/beginning", code)
    empty = await office.post("/follow-up-answers/completion", code)
    done = await office.post("/follow-up-answers/completion", code | DONE)
    again = await office.post("/follow-up-answers/completion", code | DONE)
    false = await office.post("/follow-up-answers", {"code": "rekaan"})

    assert told(begun, 200)["state"] == "in_progress"
    assert told(empty, 422)["errors"][0]["code"] == "proof-missing"
    assert told(done, 200)["closed_at"] is not None
    assert told(again, 409)["code"] == "follow-up-step-refused"
    assert false.status_code == 401
    own = told(await office.post("/follow-up-answers", code), 200)
    assert [each["state"] for each in own["reports"]] == ["in_progress", "done"]
    assert (own["reports"][1]["note"], own["reports"][1]["link"]) == tuple(DONE.values())
    async with sessions.begin() as session:
        kept = (await session.scalars(select(FollowUpReport))).all()
    assert not any(b"Rekaan" in each.sealed or b"contoh" in each.sealed for each in kept)


async def test_the_responsible_office_sees_its_follow_up_and_reports_it(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    there, elsewhere = await open_desk("73.04"), await open_desk("73.05")
    address = {"office_name": None, "region_code": None, "office_id": there.office_id}
    follow_up = await planned(sijunjung, event, **address)
    path = f"/follow-ups/{follow_up['id']}"

    unseen = await elsewhere.post(f"{path}/beginning", {})
    begun = await there.post(f"{path}/beginning", {"note": "Sedang disiapkan."})
    cancelled = await there.post(f"{path}/cancellation", {"reason": "Rekaan."})
    done = await there.post(f"{path}/completion", DONE)

    assert unseen.status_code == 404
    assert told(begun, 200)["state"] == "in_progress"
    assert cancelled.status_code == 403
    assert told(done, 200)["state"] == "done"


async def test_who_merely_sees_it_does_not_report_it(open_desk: OpenDesk, sijunjung: Desk) -> None:
    province = await open_desk("13")
    event = await province.announce(region_code="13.03")
    follow_up = await planned(province, event)

    answer = await sijunjung.post(f"/follow-ups/{follow_up['id']}/beginning", {})

    assert told(answer, 403)["code"] == "not-responsible"


async def test_a_file_of_the_event_is_a_proof(sijunjung: Desk) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    path = f"/follow-ups/{(await planned(sijunjung, event))['id']}/completion"
    strange = {"evidence_id": await uploaded(sijunjung, other)}
    proof = {"evidence_id": await uploaded(sijunjung, event)}

    refused = await sijunjung.post(path, strange)
    told(await sijunjung.post(path, proof), 200)

    assert told(refused, 422)["errors"][0]["pointer"] == "/evidence_id"


async def test_the_organiser_cancels_with_a_reason(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    path = f"/follow-ups/{(await planned(sijunjung, event))['id']}"

    cancelled = await sijunjung.post(f"{path}/cancellation", {"reason": "Digantikan."})
    too_late = await sijunjung.post(f"{path}/completion", DONE)

    assert told(cancelled, 200)["state"] == "cancelled"
    assert too_late.status_code == 409
    assert told(await sijunjung.get(path), 200)["reports"][0]["note"] == "Digantikan."


async def test_what_is_said_of_a_follow_up_is_not_in_the_journal(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event)
    told(await sijunjung.post(f"/follow-ups/{follow_up['id']}/completion", DONE), 200)

    async with sessions.begin() as session:
        query = select(JournalEntry).order_by(JournalEntry.id)
        entries = (await session.scalars(query)).all()

    about = [each for each in entries if str(each.subject_id) == follow_up["id"]]
    assert [each.action for each in about] == ["follow_up.planned", "follow_up.done"]
    assert not any("Rekaan" in str(each.payload) for each in about)


async def test_follow_ups_are_for_staff(open_desk: OpenDesk, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event)
    neighbour, member = await open_desk("13.04"), await open_desk("13.03", Role.MEMBER)
    path = f"/follow-ups/{follow_up['id']}"

    assert (await neighbour.get(path)).status_code == 404
    assert (await nobody(sijunjung.client).get(path)).status_code == 401
    assert (await member.get(path)).status_code == 200
    assert (await member.post(f"{path}/beginning", {})).status_code == 403
