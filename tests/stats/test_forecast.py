"""What an area can expect: from real cases of the last weeks, and before there are any."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.stats.service.forecast import ANSWERS
from app.stats.service.prospecting import FORESEEN
from tests.cases.handling import handler, opened
from tests.stats.conftest import Headers, SetClock
from tests.stats.reading import Body, read, refusal

CSV = {"Accept": "text/csv"}
ELECTION = {"election": "pilkada-2024"}
JENEPONTO: Body = {"event": {"region_code": "73.04.01"}, "election_code": "pilkada-2024"}
LATER = datetime(2024, 11, 7, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """A process remembers what it foresaw; what a test recorded was undone."""
    for memory in (FORESEEN, ANSWERS):
        memory.forget()
    yield
    for memory in (FORESEEN, ANSWERS):
        memory.forget()


@pytest.fixture
async def recorded(
    client: AsyncClient, sessions: Sessions, keys: Keyring, set_clock: SetClock
) -> Body:
    """Two cases of Jeneponto, and a third two days later."""
    officer = await handler(sessions, keys)
    await opened(client, officer, **JENEPONTO)
    await opened(client, officer, **JENEPONTO)
    set_clock(LATER)
    return await opened(client, officer, **JENEPONTO)


def row(forecast: Body, key: str) -> Body:
    return next(dict(each) for each in forecast["rows"] if each["key"] == key)


def ends(rows: list[Any]) -> None:
    for each in rows:
        half, most = each["bands"]
        assert each["recorded"] <= most["low"] <= half["low"] <= half["high"] <= most["high"]
        assert half["holds"] >= 0.499
        assert most["holds"] >= 0.899


async def test_before_anything_is_recorded_the_baseline_speaks(
    client: AsyncClient, national: Headers
) -> None:
    forecast = await read(client, "forecast", national, **ELECTION, as_of="2023-12-01")

    assert forecast["total"]["recorded"] == 0
    assert forecast["total"]["expected"] == pytest.approx(1010 * 545 / 270, abs=0.01)
    assert forecast["basis"]["baseline"]["code"] == "2020-quoted-1010"
    assert forecast["basis"]["voting_regions"] == 545
    ends([forecast["total"], *forecast["rows"]])


async def test_the_announcement_stands_beside_it_with_its_arithmetic(
    client: AsyncClient, national: Headers
) -> None:
    forecast = await read(client, "forecast", national, **ELECTION)

    scenario = forecast["scenario"]
    assert (scenario["announced"], scenario["regions_announced"]) == (1000, 545)
    assert scenario["per_region"] == pytest.approx(1.835, abs=0.001)
    assert scenario["baseline_per_region"] == pytest.approx(3.741, abs=0.001)
    assert scenario["unchanged"] == pytest.approx(2038.7, abs=0.1)
    assert scenario["ratio"] == pytest.approx(0.4905, abs=0.001)
    assert forecast["total"]["scenario"] == pytest.approx(1000)
    assert sum(each["scenario"] for each in forecast["rows"]) == pytest.approx(1000, abs=0.1)
    assert "3,74" in scenario["arithmetic"]["id"]


@pytest.mark.usefixtures("recorded")
async def test_what_came_is_in_its_week_and_the_rest_is_expected(
    client: AsyncClient, sulsel: Headers
) -> None:
    forecast = await read(client, "forecast", sulsel, **ELECTION, as_of="2024-11-05")

    assert forecast["total"]["recorded"] == 2
    assert forecast["region_code"] == "73"
    weeks = forecast["rows"]
    assert sum(each["recorded"] for each in weeks) == 2
    assert sum(each["expected"] for each in weeks) == pytest.approx(
        forecast["total"]["expected"], abs=0.05
    )
    assert row(forecast, "2024-W48")["phase"] == "from_quiet_period"
    ends(weeks)


@pytest.mark.usefixtures("recorded")
async def test_regions_add_up_to_the_province(client: AsyncClient, national: Headers) -> None:
    asked = {**ELECTION, "region": "73", "as_of": "2024-11-06", "by": "region"}

    forecast = await read(client, "forecast", national, **asked)

    expected = {each["key"]: each["expected"] for each in forecast["rows"]}
    assert len(expected) == 25
    assert sum(expected.values()) == pytest.approx(forecast["total"]["expected"], abs=0.05)
    assert max(expected, key=lambda code: expected[code]) == "73.04"


@pytest.mark.usefixtures("recorded")
async def test_a_day_shows_what_was_known_on_it(client: AsyncClient, national: Headers) -> None:
    known = [
        (await read(client, "forecast", national, **ELECTION, as_of=day))["total"]["recorded"]
        for day in ("2024-11-04", "2024-11-05", "2024-11-06")
    ]

    assert known == [0, 2, 2]


@pytest.mark.usefixtures("recorded")
async def test_persons_are_expected_by_themselves(client: AsyncClient, national: Headers) -> None:
    asked = {**ELECTION, "as_of": "2024-11-06", "unit": "person"}

    forecast = await read(client, "forecast", national, **asked)

    assert forecast["total"]["recorded"] >= 2
    assert forecast["basis"]["baseline"]["figure"] == 1645
    assert forecast["scenario"] is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"election": "pemilu-2024"}, "no-baseline"),
        ({"election": "pilkada-2020", "unit": "person"}, "no-baseline"),
        ({**ELECTION, "as_of": "2024-11-05"}, "day-not-over"),
        ({**ELECTION, "region": "73.04.01"}, "no-forecast-of-region"),
        ({**ELECTION, "region": "31.71"}, "no-forecast-of-region"),
    ],
)
async def test_what_cannot_be_foreseen_is_refused(
    client: AsyncClient, national: Headers, asked: dict[str, str], code: str
) -> None:
    assert await refusal(client, "forecast", national, **asked) == code


async def test_another_area_is_refused(client: AsyncClient, sulsel: Headers) -> None:
    asked = {**ELECTION, "region": "13"}

    assert await refusal(client, "forecast", sulsel, **asked) == "outside-area"
    assert await refusal(client, "forecast/workload", sulsel, **asked) == "outside-area"


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("path", ["forecast", "forecast/workload"])
async def test_who_has_a_forecast_is_told_so_until_it_is_another(
    client: AsyncClient, sulsel: Headers, path: str
) -> None:
    asked = {**ELECTION, "as_of": "2024-11-05"}
    first = await client.get(f"/stats/{path}", params=asked, headers=sulsel)
    known = sulsel | {"If-None-Match": first.headers["etag"]}

    again = await client.get(f"/stats/{path}", params=asked, headers=known)
    other = await client.get(f"/stats/{path}", params=asked | {"region": "73.04"}, headers=known)

    assert first.headers["etag"].startswith('"')
    assert first.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


async def test_a_forecast_is_also_a_spreadsheet(client: AsyncClient, sulsel: Headers) -> None:
    asked = {**ELECTION, "as_of": "2023-12-01"}
    forecast = await read(client, "forecast", sulsel, **asked)

    sheet = await client.get("/stats/forecast", params=asked, headers=sulsel | CSV)

    rows = [*csv.DictReader(StringIO(sheet.text))]
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert [row["key"] for row in rows] == [each["key"] for each in forecast["rows"]]
    for row, each in zip(rows, forecast["rows"], strict=True):
        half, most = each["bands"]
        assert float(row["expected"]) == each["expected"]
        assert [int(row["low_50"]), int(row["high_90"])] == [half["low"], most["high"]]
        assert (row["region_code"], row["unit"], row["as_of"]) == ("73", "case", "2023-12-01")
        assert "" not in {*row.values()}


@pytest.mark.usefixtures("recorded")
async def test_offices_learn_who_is_needed_for_the_clocks(
    client: AsyncClient, sulsel: Headers
) -> None:
    asked = {**ELECTION, "limit": "5", "count": "exact"}

    late = await read(client, "forecast/workload", sulsel, **asked, as_of="2024-11-05")
    page = await read(client, "forecast/workload", sulsel, **asked, as_of="2023-12-20")

    duties = {each["step"]: each for each in page["duties"]}
    assert (duties["handling"]["days"], duties["handling"]["extended_days"]) == (3, 5)
    assert duties["handling"]["rule"] == "regional-handling/1"
    assert page["total"] == 25
    assert [each["office_code"] for each in page["items"]][:2] == ["bawaslu-73", "bawaslu-73.01"]
    # Voting is in week 48; what is recorded of it arrives for twelve more.
    assert [each["key"] for each in late["items"][0]["weeks"]] == [
        *(f"2024-W{number}" for number in range(45, 53)),
        *(f"2025-W{number:02}" for number in range(1, 9)),
    ]
    # Twenty hours of handling in three days are more than one officer has.
    assert {each["peak_officers"] for each in page["items"]} == {2}
    assert all(
        each["officers"] >= each["officers_extended"]
        for office in page["items"]
        for each in office["weeks"]
    )
    rest = await read(
        client,
        "forecast/workload",
        sulsel,
        **asked,
        as_of="2023-12-20",
        cursor=page["next_cursor"],
    )
    assert rest["items"][0]["region_code"] == "73.05"
