"""Invited offices are written to by e-mail, and their calendars follow the event."""

from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import AsyncClient
from sqlalchemy.event import listen

from app.core.database import Sessions
from tests.correspondence.mail import SENDER
from tests.rakor.mailing import ADDRESS, OTHER, PUBLIC, WRITTEN_TO, Worker, revise
from tests.rakor.meeting import NAGARI, SESSION, Desk, answer, told

CLOSING: dict[str, Any] = SESSION | {
    "title": "Penutupan",
    "starts_at": "2024-10-01T06:00:00Z",
    "ends_at": "2024-10-01T08:00:00Z",
}


async def timed(desk: Desk, **changes: Any) -> str:
    """A published event whose run-down says when it begins and ends."""
    event = await desk.announce(**changes)
    for session in (SESSION, CLOSING):
        told(await desk.post(f"{event}/sessions", session), 201)
    return event


async def test_an_invitation_arrives_with_an_entry_for_the_calendar(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await timed(sijunjung)
    [invited] = await sijunjung.invite(event, WRITTEN_TO)

    letter = await worker.send_one()

    assert letter.to == ADDRESS
    assert letter.sender == f"Bawaslu Kabupaten Sijunjung <{SENDER}>"
    assert letter.subject == "Undangan: Sosialisasi dan Deklarasi Netralitas"
    assert (letter.method, letter.calendar.method) == ("REQUEST", "REQUEST")
    assert letter.calendar.zones == {"Asia/Jakarta"}
    entry = letter.entry
    assert (entry.uid, entry.sequence, entry.status) == (invited["id"], 2, "CONFIRMED")
    assert entry.start == datetime(2024, 9, 30, 2, tzinfo=UTC)
    assert entry.end == datetime(2024, 10, 1, 8, tzinfo=UTC)
    assert "DTSTART;TZID=Asia/Jakarta:20240930T090000" in letter.written_calendar
    assert "09.00-11.00 WIB  Pembacaan ikrar" in entry.description
    assert entry.location == "Hotel Bukik Gadang"
    assert entry.organiser == f"mailto:{SENDER}"
    who = "Wali Nagari, Kantor Wali Nagari Rekaan"
    assert entry.attendees == ((f"mailto:{ADDRESS}", who, "NEEDS-ACTION", True),)


async def test_the_letter_says_how_to_answer_in_both_languages(
    client: AsyncClient, sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce(answers_due_on="2024-09-25")
    [invited] = await sijunjung.invite(event, WRITTEN_TO)

    letter = await worker.send_one()

    assert letter.text.startswith("Yth. Wali Nagari\nKantor Wali Nagari Rekaan\n")
    assert "Mohon jawab sampai 25 September 2024:" in letter.text
    assert "Please answer until 25 September 2024:" in letter.text
    assert f"{PUBLIC}/invitations#{invited['code']}" in letter.text
    assert "005/PM.00/IX/2024" in letter.text
    # A calendar is shown to more people than a box is.
    assert invited["code"] not in letter.written_calendar
    told(await answer(client, invited["code"], answer="coming"), 200)


async def test_nobody_is_told_of_another(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO, NAGARI | {"email": OTHER}, NAGARI)

    letters = await worker.send()

    assert sorted(each.to for each in letters) == [OTHER, ADDRESS]
    for letter, other in zip(letters, reversed(letters), strict=True):
        assert other.to not in letter.raw.decode()
        assert other.to not in letter.written_calendar


async def test_without_times_an_event_lasts_whole_days(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)

    letter = await worker.send_one()

    assert str(letter.entry.start) == "2024-09-30"
    assert str(letter.entry.end) == "2024-10-02"


async def test_a_change_keeps_the_uid_and_raises_the_sequence(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await timed(sijunjung)
    await sijunjung.invite(event, WRITTEN_TO)
    first = await worker.send_one()

    await revise(sijunjung, event, venue="Gedung Rekaan")
    moved = await worker.send_one()
    [session, _] = told(await sijunjung.get(event), 200)["sessions"]
    path = f"{event}/sessions/{session['id']}"
    earlier = {"starts_at": "2024-09-30T01:00:00Z"}
    told(await sijunjung.patch(path, earlier, **{"If-Match": '"1"'}), 200)
    begun = await worker.send_one()

    assert [each.entry.uid for each in (moved, begun)] == [first.entry.uid] * 2
    assert first.entry.sequence < moved.entry.sequence < begun.entry.sequence
    assert moved.entry.location == "Gedung Rekaan"
    assert moved.subject.startswith("Perubahan: ")
    assert begun.entry.start == datetime(2024, 9, 30, 1, tzinfo=UTC)
    assert {each.method for each in (moved, begun)} == {"REQUEST"}


async def test_what_nobody_plans_by_is_no_letter(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    await revise(sijunjung, event, description="Uraian rekaan.")

    assert await worker.send() == []


async def test_many_changes_before_a_round_are_one_letter(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)
    await revise(sijunjung, event, venue="Gedung Pertama")
    await revise(sijunjung, event, venue="Gedung Kedua")

    letter = await worker.send_one()

    assert letter.subject.startswith("Undangan: ")
    assert (letter.entry.location, letter.entry.sequence) == ("Gedung Kedua", 2)


async def test_cancelling_takes_it_out_of_the_calendar(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)
    first = await worker.send_one()
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    letter = await worker.send_one()

    assert (letter.method, letter.calendar.method) == ("CANCEL", "CANCEL")
    assert (letter.entry.uid, letter.entry.status) == (first.entry.uid, "CANCELLED")
    assert letter.entry.sequence > first.entry.sequence
    assert "Alasan: Gedung terpakai." in letter.text
    assert PUBLIC not in letter.text


async def test_a_withdrawn_invitation_is_taken_out_of_that_calendar_alone(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    [one, _] = await sijunjung.invite(event, WRITTEN_TO, NAGARI | {"email": OTHER})
    first = {each.to: each for each in await worker.send()}[ADDRESS]
    told(await sijunjung.post(f"{event}/invitations/{one['id']}/withdrawal"), 200)

    letter = await worker.send_one()

    assert (letter.to, letter.method) == (ADDRESS, "CANCEL")
    assert letter.entry.uid == first.entry.uid
    assert letter.entry.sequence > first.entry.sequence


async def test_who_was_withdrawn_before_the_event_was_cancelled_is_told(
    sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)
    first = await worker.send_one()
    told(await sijunjung.post(f"{event}/invitations/{invited['id']}/withdrawal"), 200)
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    letter = await worker.send_one()

    assert (letter.method, letter.entry.uid) == ("CANCEL", first.entry.uid)
    assert letter.entry.sequence > first.entry.sequence + 1
    assert "menarik undangan ini" in letter.text


async def test_a_day_for_answers_that_has_passed_is_not_asked_for(
    sijunjung: Desk, worker: Worker
) -> None:
    worker.until(datetime(2024, 9, 29, 3, tzinfo=UTC))
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)

    letter = await worker.send_one()

    assert "Mohon jawab sampai" not in letter.text
    assert "Batas jawaban (27 September 2024) sudah lewat; mohon segera jawab:" in letter.text
    assert "The day for answers (27 September 2024) has passed; please answer now:" in letter.text


async def test_many_who_move_up_are_found_in_one_go(
    client: AsyncClient, sijunjung: Desk, worker: Worker, sessions: Sessions
) -> None:
    event = await sijunjung.announce(capacity=1)
    boxes = [f"nagari-{number}@contoh.example" for number in range(6)]
    invited = await sijunjung.invite(event, *(NAGARI | {"email": each} for each in boxes))
    for each in invited:
        told(await answer(client, each["code"], answer="coming"), 200)
    worker.wait(timedelta(hours=1))
    await worker.send()
    asked: list[str] = []
    listen(
        sessions.kw["bind"].sync_connection,
        "before_cursor_execute",
        lambda *said: asked.append(said[2]),
    )

    await revise(sijunjung, event, capacity=5)

    assert len([each for each in asked if "JOIN invitation_address" in each]) <= 2
    assert not any("FROM invitation_address" in each for each in asked)
    letters = await worker.send()
    assert sorted(each.to for each in letters) == boxes[1:5]
    assert all(each.subject.startswith("Mendapat tempat: ") for each in letters)


async def test_a_new_code_is_sent_to_the_new_address(
    client: AsyncClient, sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, NAGARI)
    path = f"{event}/invitations/{invited['id']}/reissue"

    again = told(await sijunjung.post(path, {"email": OTHER}), 200)

    letter = await worker.send_one()
    assert letter.to == OTHER
    assert again["code"] in letter.text


async def test_without_a_public_address_the_letter_holds_the_code(
    sijunjung: Desk, worker: Worker
) -> None:
    worker.public = None
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)

    letter = await worker.send_one()

    assert f"\n{invited['code']}\n" in letter.text


async def test_words_that_break_lines_break_no_letter(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce(
        title='Rakor\u2028Bcc: x@contoh.example; "Rekaan", Ñandú', purpose="Satu\u2029dua\n\ttiga"
    )
    await sijunjung.invite(event, WRITTEN_TO | {"post": 'Camat "X"; Y'})

    letter = await worker.send_one()

    assert letter.subject == 'Undangan: Rakor Bcc: x@contoh.example; "Rekaan", Ñandú'
    assert letter.entry.summary == 'Rakor Bcc: x@contoh.example; "Rekaan", Ñandú'
    assert "Satu\ndua\n\ttiga" in letter.entry.description
    assert "Bcc" not in letter.raw.decode().partition("\r\n\r\n")[0].replace("Rakor Bcc", "")
