"""What is due and what is late, office by office."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.rakor.conftest import SetClock
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
