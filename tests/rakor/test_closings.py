"""The attendance list is closed: kept as it was, with its hash in the journal."""

import hashlib

from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.database import Sessions
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import outcomes, register, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, told


async def held(desk: Desk, set_clock: SetClock) -> tuple[str, dict[str, str]]:
    event = await desk.announce()
    [invitation] = await desk.invite(event, NAGARI)
    set_clock(FIRST_DAY)
    told(await desk.post(f"{event}/holding"), 200)
    return event, invitation


async def test_a_closed_list_has_the_hash_that_the_journal_holds(
    sijunjung: Desk, sessions: Sessions, set_clock: SetClock
) -> None:
    event, invitation = await held(sijunjung, set_clock)
    await sijunjung.admit(event, invitation)

    closing = told(await sijunjung.post(f"{event}/attendance/closings"), 201)

    read = told(await sijunjung.get(f"{event}/attendance/closings/{closing['id']}"), 200)
    assert hashlib.sha256(read["content"].encode()).hexdigest() == closing["sha256"]
    assert (closing["number"], closing["invited"], closing["totals"]["present"]) == (1, 1, 1)
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "attendance.closed")
        entry = (await session.scalars(query)).one()
    assert entry.payload["sha256"] == closing["sha256"]


async def test_late_check_ins_stand_in_the_next_closing_and_change_none_before(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event, invitation = await held(sijunjung, set_clock)
    path = f"{event}/attendance/closings"
    first = told(await sijunjung.post(path), 201)

    await sijunjung.admit(event, invitation)
    second = told(await sijunjung.post(path), 201)

    items = told(await sijunjung.get(path), 200)["items"]
    assert {each["number"]: each["sha256"] for each in items} == {
        1: first["sha256"],
        2: second["sha256"],
    }
    assert first["sha256"] != second["sha256"]
    assert (first["totals"]["present"], second["totals"]["present"]) == (0, 1)


async def test_nothing_is_closed_before_it_was_held(
    open_desk: OpenDesk, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    neighbour = await open_desk("13.04")

    early = await sijunjung.post(f"{event}/attendance/closings")

    assert told(early, 409)["code"] == "event-wrong-stage"
    assert (await neighbour.post(f"{event}/attendance/closings")).status_code == 404


async def test_the_chair_signs_a_list_by_naming_its_hash(
    open_desk: OpenDesk, sijunjung: Desk, sessions: Sessions, set_clock: SetClock
) -> None:
    event, _ = await held(sijunjung, set_clock)
    chair, above = await open_desk("13.03", Role.MEMBER), await open_desk("13", Role.MEMBER)
    closing = told(await sijunjung.post(f"{event}/attendance/closings"), 201)
    path = f"{event}/attendance/closings/{closing['id']}"
    named, false = {"sha256": closing["sha256"]}, {"sha256": "0" * 64}

    by_staff = await sijunjung.post(f"{path}/approval", named)
    by_those_above = await above.post(f"{path}/approval", named)
    another = await chair.post(f"{path}/approval", false)
    signed = await chair.post(f"{path}/approval", named)
    again = await chair.post(f"{path}/approval", named)

    assert by_staff.status_code == 403
    assert told(by_those_above, 403)["code"] == "not-chair"
    assert told(another, 409)["code"] == "attendance-differs"
    assert told(signed, 200)["approved_by"] is not None
    assert told(again, 409)["code"] == "attendance-approved"
    read = told(await sijunjung.get(path), 200)
    [listed] = told(await sijunjung.get(f"{event}/attendance/closings"), 200)["items"]
    assert read["approved_at"] == listed["approved_at"] == signed.json()["approved_at"]
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "attendance.approved")
        entry = (await session.scalars(query)).one()
    assert entry.payload["sha256"] == closing["sha256"]


async def test_each_line_says_how_it_was_signed(sijunjung: Desk, set_clock: SetClock) -> None:
    event = await sijunjung.announce()
    scanned, found, absent = await sijunjung.invite(event, *[NAGARI] * 3)
    phone, ticket = await register(sijunjung, event), await ticket_of(sijunjung.client, scanned)
    set_clock(FIRST_DAY)
    notes = phone.scan(ticket, FIRST_DAY), phone.note(FIRST_DAY, invitation_id=found["id"])
    assert outcomes(await phone.deliver(*notes)) == ["recorded"] * 2
    await sijunjung.admit(event, absent)

    listed = told(await sijunjung.get(f"{event}/attendance"), 200)["items"]

    proofs = {each["invitation_id"]: each["signed_by"] for each in listed}
    assert proofs == {scanned["id"]: "ticket", found["id"]: "door", absent["id"]: "officer"}
