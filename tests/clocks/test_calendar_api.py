"""The calendar as readers see it, and the public calculator of deadlines."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.clocks.proposing import LATE_LEAVE, Lawgivers

COUNTED = {
    "rule_code": "regional-handling",
    "started_at": "2024-10-01T10:00:00+07:00",
    "time_zone": "Asia/Jakarta",
}


async def count(client: AsyncClient, **changes: Any) -> Any:
    return await client.post("/clocks/count", json=COUNTED | changes)


async def test_a_year_has_its_holidays_and_joint_leave_in_order(law: Lawgivers) -> None:
    page = await law.read("/clocks/calendars", year=2024, limit=200, count="exact")

    days = [each["day"] for each in page["items"]]
    assert page["total"] == len(days) == 29
    assert days == sorted(days)
    assert page["items"][0] == {
        "day": "2024-01-01",
        "kind": "national_holiday",
        "name": "Tahun Baru Masehi",
        "source": "SKB 855/2023, 3/2023 and 4/2023 of three ministers "
        "(12 Sep 2023; jpnn.com, radartegal)",
        "confidence": "secondary",
        "area_code": "00",
        "since_revision": 1,
        "until_revision": None,
    }


async def test_joint_leave_is_asked_for_by_itself(law: Lawgivers) -> None:
    page = await law.read("/clocks/calendars", year=2024, kind="joint_leave")

    assert len(page["items"]) == 10


async def test_a_place_has_the_days_of_its_province_and_of_the_country(law: Lawgivers) -> None:
    await law.enact(holidays_added=[LATE_LEAVE | {"area_code": "13"}])

    here = await law.read("/clocks/calendars", year=2024, region_code="13.03")
    there = await law.read("/clocks/calendars", year=2024, region_code="14.01")

    only_here = [each for each in here["items"] if each not in there["items"]]
    assert [each["day"] for each in only_here] == ["2024-11-06"]
    assert len(there["items"]) == 29


async def test_the_calendar_comes_page_by_page(law: Lawgivers) -> None:
    first = await law.read("/clocks/calendars", year=2024, limit=20)
    rest = await law.read("/clocks/calendars", year=2024, limit=20, cursor=first["next_cursor"])

    assert (len(first["items"]), len(rest["items"])) == (20, 9)
    assert rest["next_cursor"] is None


async def test_anybody_may_ask_why_a_step_is_due(
    client: AsyncClient, session: AsyncSession
) -> None:
    due = (await count(client)).json()

    assert (due["due_on"], due["due_at"]) == ("2024-10-04", "2024-10-04T17:00:00Z")
    trace = due["trace"]
    assert (trace["code"], trace["version"], trace["calendar_revision"], trace["zone"]) == (
        "regional-handling",
        1,
        1,
        "Asia/Jakarta",
    )
    assert trace["lines"][0] == {
        "on": "2024-10-01",
        "counted": False,
        "mark": "start_day",
        "reason": {"id": "Hari mulai, tidak dihitung", "en": "Starting day, not counted"},
    }
    assert [each["counted"] for each in trace["lines"]] == [False, True, True, True]


async def test_the_extension_is_counted_where_there_is_one(
    client: AsyncClient, session: AsyncSession
) -> None:
    extended = await count(client, extended=True)
    never = await count(client, extended=True, rule_code="regional-tracing")

    assert extended.json()["due_on"] == "2024-10-06"
    assert never.status_code == 422
    assert never.json()["errors"][0]["code"] == "not-extendable"


async def test_a_working_day_says_which_holiday_it_skips(
    client: AsyncClient, session: AsyncSession
) -> None:
    wanted = {"rule_code": "regional-forwarding", "started_at": "2024-11-26T10:00:00+07:00"}

    due = (await count(client, **wanted)).json()

    assert due["due_on"] == "2024-11-28"
    assert due["trace"]["lines"][1]["reason"]["en"] == (
        "National holiday: Hari Pemilihan Kepala Daerah"
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"rule_code": "no-such-rule"}, "/rule_code"),
        # Before Perbawaslu 8/2020 there was no such rule.
        ({"rule_code": "regional-tracing", "started_at": "2019-01-01T00:00:00Z"}, "/rule_code"),
        ({"started_at": "0001-01-01T00:00:00Z"}, "/started_at"),
        ({"started_at": "9999-12-31T00:00:00Z"}, "/started_at"),
        ({"started_at": "2024-10-01T10:00:00"}, "/started_at"),
        ({"time_zone": "Europe/Berlin"}, "/time_zone"),
        ({"region_code": "somewhere"}, "/region_code"),
    ],
)
async def test_what_cannot_be_counted_is_refused(
    client: AsyncClient, session: AsyncSession, changes: dict[str, str], pointer: str
) -> None:
    answer = await count(client, **changes)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
