"""Everybody can have the announced events in a calendar."""

from datetime import UTC, datetime

from httpx import AsyncClient, Response

from tests.rakor.calendars import Calendar, read_calendar
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.mailing import revise
from tests.rakor.meeting import SESSION, Desk, told


def read(answer: Response) -> Calendar:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return read_calendar(answer.text)


async def feed(client: AsyncClient, **asked: str) -> Calendar:
    return read(await client.get("/events.ics", params=asked))


def id_of(event: str) -> str:
    return event.rpartition("/")[2]


async def test_announced_events_are_in_the_calendar_and_drafts_are_not(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce(online_link="https://rapat.contoh.example/x", mode="both")
    told(await sijunjung.post(f"{event}/sessions", SESSION), 201)
    await sijunjung.draft(title="Rancangan Rekaan")

    calendar = await feed(client, region="13.03")
    seen_by_staff = read(await sijunjung.get("/events.ics?region=13.03"))

    [entry] = calendar.entries
    assert (entry.uid, entry.status, entry.sequence) == (id_of(event), "CONFIRMED", 1)
    assert entry.location == "Hotel Bukik Gadang"
    assert "09.00-11.00 WIB  Pembacaan ikrar" in entry.description
    assert entry.attendees == ()
    assert seen_by_staff == calendar
    assert "rapat.contoh.example" not in (await client.get("/events.ics?region=13.03")).text


async def test_a_cancelled_event_stays_and_says_so(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    before = await feed(client, region="13.03")

    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    [first], [entry] = before.entries, (await feed(client, region="13.03")).entries
    assert (entry.uid, entry.status) == (first.uid, "CANCELLED")
    assert entry.sequence > first.sequence
    assert "Gedung terpakai." in entry.description


async def test_what_was_cancelled_as_a_draft_was_never_announced(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Tidak jadi."}), 200)

    assert (await feed(client, region="13.03")).entries == ()


async def test_each_office_and_region_has_its_own_calendar(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk
) -> None:
    province = await open_desk("13")
    own = id_of(await sijunjung.announce())
    whole = id_of(await province.announce())

    def uids(calendar: Calendar) -> set[str]:
        return {each.uid for each in calendar.entries}

    assert uids(await feed(client, office_id=sijunjung.office_id)) == {own}
    assert uids(await feed(client, office_id=province.office_id)) == {whole}
    assert uids(await feed(client, region="13.03")) == {own}
    assert uids(await feed(client, region="13")) == {own, whole}
    assert uids(await feed(client, region="13", office_id=sijunjung.office_id)) == {own}
    assert uids(await feed(client)) >= {own, whole}


async def test_who_has_the_calendar_is_told_that_nothing_changed(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    first = await client.get("/events.ics?region=13.03")
    known = {"If-None-Match": first.headers["etag"]}

    set_clock(datetime(2024, 9, 20, 9, tzinfo=UTC))
    again = await client.get("/events.ics?region=13.03", headers=known)
    await revise(sijunjung, event, venue="Gedung Rekaan")
    changed = await client.get("/events.ics?region=13.03", headers=known)

    assert first.headers["cache-control"] == "public, max-age=300"
    assert (again.status_code, again.content) == (304, b"")
    [before], [after] = read(first).entries, read(changed).entries
    assert (after.uid, after.location) == (before.uid, "Gedung Rekaan")
    assert after.sequence == before.sequence + 1


async def test_where_nothing_is_announced_the_calendar_is_empty(client: AsyncClient) -> None:
    calendar = await feed(client, office_id="01932b5e-7c00-7000-8000-00000000dead")

    assert calendar.entries == ()
    assert calendar.zones == {"Asia/Jakarta"}


async def test_what_is_no_region_is_refused(client: AsyncClient) -> None:
    assert (await client.get("/events.ics?region=13.3")).status_code == 422
    assert (await client.get("/events.ics?wilayah=13.03")).status_code == 422
