"""Who reports at all, how far prevention has reached, and two elections side by side."""

from datetime import UTC, date, datetime

import pytest
from httpx import AsyncClient

from app.stats.rules.comparing import days_of, rate
from app.stats.rules.periods import EARLIEST, LATEST
from app.stats.rules.stages import Span
from tests.complaints.filing import file
from tests.declarations.declaring import opened, sign, signature
from tests.stats.conftest import Headers, SetClock
from tests.stats.reading import Body, read, refusal
from tests.stats.test_figures import JENEPONTO, SIJUNJUNG

TODAY = date(2024, 11, 5)
A_MONTH_LATER = datetime(2024, 12, 10, 3, tzinfo=UTC)
BOTH = {"unit": "complaint", "election": "pilkada-2024", "other": "pilkada-2020"}


def row(answer: Body, key: str) -> Body:
    return next(each for each in answer["rows"] if each["key"] == key)


async def test_a_regency_is_silent_when_it_has_said_nothing_for_long(
    client: AsyncClient, sulsel: Headers, set_clock: SetClock
) -> None:
    await file(client, event=JENEPONTO)

    now = await read(client, "coverage", sulsel)
    set_clock(A_MONTH_LATER)
    later = await read(client, "coverage", sulsel)
    patient = await read(client, "coverage", sulsel, silent_after="60")

    assert (now["regions"], now["silent"]) == (24, 23)
    spoke = row(now, "73.04")
    assert spoke["label"]["id"] == "Kabupaten Jeneponto"
    assert (spoke["last_entry_on"], spoke["silent_days"], spoke["silent"]) == (
        "2024-11-05",
        0,
        False,
    )
    never = row(now, "73.07")
    assert (never["last_entry_on"], never["silent_days"], never["silent"]) == (None, None, True)
    assert (row(later, "73.04")["silent_days"], row(later, "73.04")["silent"]) == (35, True)
    assert row(patient, "73.04")["silent"] is False


async def test_coverage_tells_of_declarations_and_who_signed(
    client: AsyncClient, sijunjung: Headers, national: Headers
) -> None:
    declared = await opened(client, sijunjung)
    assert (await sign(client, declared, signature(1))).status_code == 201

    told = row(await read(client, "coverage", national), "13.03")
    own = await read(client, "coverage", sijunjung)

    assert (told["declarations"], told["events"], told["addressed"]) == (1, 0, 0)
    assert [each["key"] for each in own["rows"]] == ["13.03"]


async def test_an_unchanged_coverage_is_not_sent_twice(
    client: AsyncClient, sulsel: Headers
) -> None:
    first = await client.get("/stats/coverage", headers=sulsel)
    known = sulsel | {"If-None-Match": first.headers["etag"]}

    again = await client.get("/stats/coverage", headers=known)
    await file(client, event=JENEPONTO)
    changed = await client.get("/stats/coverage", headers=known)

    assert (again.status_code, changed.status_code) == (304, 200)


async def test_coverage_is_of_today_alone(client: AsyncClient, sulsel: Headers) -> None:
    assert await refusal(client, "coverage", sulsel, snapshot="1") == "extra-forbidden"


async def test_two_elections_are_compared_by_their_stages(
    client: AsyncClient, national: Headers, set_clock: SetClock
) -> None:
    await file(client, event=JENEPONTO)
    await file(client, event=SIJUNJUNG)

    told = await read(client, "comparison", national, **BOTH)
    stages = await read(client, "table", national, unit="complaint", by="stage")

    assert (told["total"]["regions"], told["other_total"]["regions"]) == (545, 270)
    counted = {each["key"]: each["count"] for each in told["rows"] if each["count"]}
    assert told["total"]["count"] == sum(counted.values())
    assert counted.items() <= {each["key"]: each["count"] for each in stages["cells"]}.items()
    campaign = row(told, "campaign")
    assert (campaign["days"], campaign["other_days"]) == (42, 71)
    assert campaign["per_day"] == round(campaign["count"] / 42, 4)
    assert campaign["other_count"] == 0


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"other": "pilkada-1999"}, "unknown-election"),
        ({"unit": "circular"}, "no-such-dimension"),
        ({"region": "99"}, "unknown-region"),
    ],
)
async def test_what_cannot_be_compared_is_refused(
    client: AsyncClient, national: Headers, asked: dict[str, str], code: str
) -> None:
    assert await refusal(client, "comparison", national, **(BOTH | asked)) == code


def test_days_of_a_stage_count_up_to_today_and_add_up() -> None:
    spans = [
        Span("00", EARLIEST, date(2024, 1, 26), "planning"),
        Span("00", date(2024, 9, 25), date(2024, 10, 4), "campaign"),
        Span("00", date(2024, 11, 1), LATEST, "campaign"),
        Span("00", date(2024, 11, 27), date(2024, 11, 27), "voting"),
    ]

    assert days_of(spans, TODAY) == {"planning": None, "campaign": 15, "voting": 0}


def test_of_nothing_there_is_no_rate() -> None:
    assert (rate(3, 0), rate(3, None), rate(3, 2, 100)) == (None, None, 150.0)
