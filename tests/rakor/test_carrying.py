"""What was not finished is reminded of, and carried into the next meeting."""

from datetime import UTC, datetime, timedelta

from app.core.database import Sessions
from app.rakor.jobs import remind_of_follow_ups
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import AGENDA, LATER, planned
from tests.rakor.meeting import Desk, told

DUE = datetime(2024, 10, 15, 17, tzinfo=UTC)


async def reminders(desk: Desk, filters: str = "") -> list[str]:
    items = told(await desk.get(f"/follow-up-reminders{filters}"), 200)["items"]
    return [each["kind"] for each in items]


async def test_a_desk_is_reminded_before_at_and_after_the_due_day_each_once(
    sijunjung: Desk, sessions: Sessions
) -> None:
    await planned(sijunjung, await sijunjung.announce())
    moments = [DUE - timedelta(days=4), DUE - timedelta(days=3), DUE, DUE + timedelta(days=7)]

    made = [
        (await remind_of_follow_ups(sessions, at), await remind_of_follow_ups(sessions, at))
        for at in moments
    ]

    assert made == [(0, 0), (1, 0), (1, 0), (1, 0)]
    assert await reminders(sijunjung) == ["after", "at", "before"]


async def test_what_is_done_reminds_nobody(sijunjung: Desk, sessions: Sessions) -> None:
    follow_up = await planned(sijunjung, await sijunjung.announce())
    await remind_of_follow_ups(sessions, DUE - timedelta(days=1))
    path = f"/follow-ups/{follow_up['id']}/completion"
    told(await sijunjung.post(path, {"note": "Selesai."}), 200)

    assert await remind_of_follow_ups(sessions, DUE) == 0
    assert await reminders(sijunjung, "?unread=true") == []
    assert await reminders(sijunjung) == ["before"]


async def test_only_the_office_that_must_act_marks_a_reminder_as_read(
    open_desk: OpenDesk, sijunjung: Desk, sessions: Sessions
) -> None:
    there = await open_desk("73.04")
    address = {"office_name": None, "region_code": None, "office_id": there.office_id}
    await planned(sijunjung, await sijunjung.announce(), **address)
    await remind_of_follow_ups(sessions, DUE)
    [reminder] = told(await sijunjung.get("/follow-up-reminders"), 200)["items"]
    path = f"/follow-up-reminders/{reminder['id']}/reading"

    by_the_organiser = await sijunjung.post(path)
    by_another = await (await open_desk("73.05")).post(path)

    assert told(by_the_organiser, 403)["code"] == "not-your-desk"
    assert by_another.status_code == 404
    assert await reminders(sijunjung, "?own=true") == []


async def test_the_organiser_reads_what_an_office_without_account_forgot(
    sijunjung: Desk, sessions: Sessions
) -> None:
    await planned(sijunjung, await sijunjung.announce())
    await remind_of_follow_ups(sessions, DUE)
    [reminder] = told(await sijunjung.get("/follow-up-reminders?own=true&unread=true"), 200)[
        "items"
    ]

    read = told(await sijunjung.post(f"/follow-up-reminders/{reminder['id']}/reading"), 200)

    assert read["read_at"] is not None
    assert await reminders(sijunjung, "?unread=true") == []
    assert await reminders(sijunjung, "?unread=false&kind=at") == ["at"]


async def test_what_is_unfinished_comes_onto_the_agenda_of_a_later_event(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    first, second = await sijunjung.announce(), await sijunjung.announce()
    later = f"/events/{(await sijunjung.draft(**LATER))['id']}"
    wanted = [await planned(sijunjung, first), await planned(sijunjung, second)]
    done = await planned(sijunjung, first)
    path = f"/follow-ups/{done['id']}/completion"
    told(await sijunjung.post(path, {"note": "Selesai."}), 200)
    earlier = [each.rpartition("/")[2] for each in (first, second)]
    body = {"from_event_ids": earlier, "session": AGENDA}

    carried = told(await sijunjung.post(f"{later}/carried-follow-ups", body), 201)["items"]
    again = await sijunjung.post(f"{later}/carried-follow-ups", body)

    run_down = told(await sijunjung.get(later), 200)["sessions"]
    listed = told(await sijunjung.get(f"{later}/carried-follow-ups"), 200)["items"]
    assert {each["follow_up"]["id"] for each in carried} == {each["id"] for each in wanted}
    assert {each["session_id"] for each in listed} == {each["id"] for each in run_down}
    assert {each["follow_up"]["event_id"] for each in listed} == set(earlier)
    assert told(again, 409)["code"] == "nothing-to-carry"
    assert [each["title"] for each in run_down] == [AGENDA["title"]]


async def test_follow_ups_go_only_from_earlier_events_to_later_ones(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event)
    same_days = f"/events/{(await sijunjung.draft())['id']}"
    body = {"from_event_ids": [event.rpartition("/")[2]], "session": AGENDA}

    answer = await sijunjung.post(f"{same_days}/carried-follow-ups", body)

    assert told(answer, 422)["errors"][0]["pointer"] == "/from_event_ids/0"


async def test_nothing_is_carried_from_an_event_out_of_sight(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event)
    neighbour = await open_desk("13.04")
    there = {"region_code": "13.04", "venue_region_code": "13.04"}
    later = f"/events/{(await neighbour.draft(**LATER, **there))['id']}"
    body = {"from_event_ids": [event.rpartition("/")[2]], "session": AGENDA}

    answer = await neighbour.post(f"{later}/carried-follow-ups", body)

    assert answer.status_code == 404
