"""What is due and what is late, office by office."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import planned
from tests.rakor.meeting import Desk, told

DONE = {"note": "Selesai (rekaan)."}
DUE = datetime(2024, 10, 15, 17, tzinfo=UTC)
"""The end of 15 October in Jakarta, the due day of a follow-up."""


async def test_the_overdue_list_of_an_office_has_what_is_late_and_unfinished(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    address = {"office_name": None, "region_code": None, "office_id": sijunjung.office_id}
    late = await planned(sijunjung, event, **address)
    done = await planned(sijunjung, event, **address)
    await planned(sijunjung, event)
    await planned(sijunjung, event, **address, due_on="2024-10-20")
    told(await sijunjung.post(f"/follow-ups/{done['id']}/completion", DONE), 200)
    path = f"/follow-ups?overdue=true&office_id={sijunjung.office_id}&count=exact"
    set_clock(DUE - timedelta(seconds=1))
    in_time = told(await sijunjung.get(path), 200)

    set_clock(DUE)
    page = told(await sijunjung.get(path), 200)

    assert in_time["items"] == []
    assert [each["id"] for each in page["items"]] == [late["id"]]
    assert (page["total"], page["items"][0]["is_overdue"]) == (1, True)


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ("state=open", 2),
        ("state=done", 0),
        ("overdue=false", 2),
        ("due_within=10", 0),
        ("due_within=30", 1),
        ("region=13", 2),
        ("region=73", 0),
    ],
)
async def test_a_filter_leaves_out_what_does_not_fit(
    sijunjung: Desk, filters: str, number: int
) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event)
    await planned(sijunjung, event, due_on="2025-10-15")

    page = told(await sijunjung.get(f"/follow-ups?{filters}"), 200)

    assert len(page["items"]) == number


async def test_pages_go_on_where_they_ended(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    for day in (17, 15, 16):
        await planned(sijunjung, event, due_on=f"2024-10-{day}")

    first = told(await sijunjung.get("/follow-ups?limit=2"), 200)
    rest = told(await sijunjung.get(f"/follow-ups?limit=2&cursor={first['next_cursor']}"), 200)

    days = [each["due_on"] for each in [*first["items"], *rest["items"]]]
    assert days == ["2024-10-15", "2024-10-16", "2024-10-17"]


async def test_offices_that_owe_are_listed_whether_registered_or_not(
    open_desk: OpenDesk, sijunjung: Desk, set_clock: SetClock
) -> None:
    event, there = await sijunjung.announce(), await open_desk("73.04")
    address = {"office_name": None, "region_code": None, "office_id": there.office_id}
    await planned(sijunjung, event)
    await planned(sijunjung, event, due_on="2024-10-20")
    await planned(sijunjung, event, office_name="Dinas Contoh", due_on="2024-10-20")
    done = await planned(sijunjung, event, office_name="Dinas Selesai")
    await planned(sijunjung, event, **address)
    told(await sijunjung.post(f"/follow-ups/{done['id']}/completion", DONE), 200)
    set_clock(DUE)
    path = f"/follow-up-offices?event_id={event.rpartition('/')[2]}"

    page = told(await sijunjung.get(f"{path}&count=exact"), 200)
    late = told(await sijunjung.get(f"{path}&overdue=true&region=13"), 200)["items"]
    own = told(await there.get(path), 200)["items"]

    owed = {each["office_name"]: (each["unfinished"], each["overdue"]) for each in page["items"]}
    assert page["total"] == 3
    assert owed["Dinas Rekaan"] == (2, 1)
    assert owed["Dinas Contoh"] == (1, 0)
    assert [each["office_name"] for each in late] == ["Dinas Rekaan"]
    assert [each["office_id"] for each in own] == [there.office_id]


async def test_pages_of_owing_offices_leave_none_out(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    names = {f"Dinas Rekaan {'panjang ' * 20}{number}" for number in range(5)}
    for name in names:
        await planned(sijunjung, event, office_name=name)

    path = "/follow-up-offices?limit=2"
    page = told(await sijunjung.get(path), 200)
    found = [each["office_name"] for each in page["items"]]
    while page["next_cursor"]:
        page = told(await sijunjung.get(f"{path}&cursor={page['next_cursor']}"), 200)
        found += [each["office_name"] for each in page["items"]]

    assert sorted(found) == sorted(names)


async def test_the_overdue_list_of_an_office_that_is_not_registered(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    late = await planned(sijunjung, event)
    await planned(sijunjung, event, office_name="Dinas Contoh")
    set_clock(DUE)

    page = told(await sijunjung.get("/follow-ups?overdue=true&office_name=Dinas Rekaan"), 200)

    assert [each["id"] for each in page["items"]] == [late["id"]]
