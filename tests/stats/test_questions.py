"""Crossed, ranked, mapped: the same figures, asked in other ways."""

from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.stats.rules.units import Unit
from tests.complaints.filing import file
from tests.stats.conftest import Headers, SetClock
from tests.stats.reading import Body, counts, read, refusal
from tests.stats.test_figures import JENEPONTO, SIJUNJUNG, SINJAI

NOVEMBER = datetime(2024, 11, 5, 3, tzinfo=UTC)
DECEMBER = datetime(2024, 12, 3, 3, tzinfo=UTC)


@pytest.fixture
async def filed(client: AsyncClient, set_clock: SetClock) -> None:
    """In November a report in Jeneponto; in December two there, one in Sinjai, one elsewhere."""
    set_clock(NOVEMBER)
    await file(client, event=JENEPONTO)
    set_clock(DECEMBER)
    await file(client, event=JENEPONTO, channel="web")
    await file(client, event=JENEPONTO)
    await file(client, event=SINJAI, reporter=None)
    await file(client, event=SIJUNJUNG)


def cells(table: Body) -> dict[tuple[str, str], int]:
    """The cells of a cross table that are not zero."""
    return {
        (row["key"], column["key"]): count
        for row in table["rows"]
        for column, count in zip(table["columns"], row["counts"], strict=True)
        if count
    }


@pytest.mark.usefixtures("filed")
async def test_a_cross_table_agrees_with_both_its_tables(
    client: AsyncClient, national: Headers
) -> None:
    asked = {"unit": "complaint", "level": "regency"}

    table = await read(client, "cross", national, by="region", across="channel", **asked)

    assert cells(table) == {
        ("13.03", "app"): 1,
        ("73.04", "app"): 2,
        ("73.04", "web"): 1,
        ("73.07", "app"): 1,
    }
    rows = await read(client, "table", national, by="region", **asked)
    columns = await read(client, "table", national, by="channel", **asked)
    assert {row["key"]: row["total"] for row in table["rows"] if row["total"]} == counts(rows)
    heads = [column["key"] for column in table["columns"]]
    totals = dict(zip(heads, table["column_totals"], strict=True))
    assert {key: count for key, count in totals.items() if count} == counts(columns)
    assert table["total"] == 5
    assert table["coverage"]["with_entries"] == 3


@pytest.mark.usefixtures("filed")
async def test_a_series_is_told_by_month_and_apart(client: AsyncClient, sulsel: Headers) -> None:
    asked = {"unit": "complaint", "by": "month", "since": "2024-11-01", "until": "2024-12-31"}

    plain = await read(client, "series", sulsel, **asked)
    apart = await read(client, "series", sulsel, across="kind", **asked)
    weeks = await read(client, "series", sulsel, **(asked | {"by": "week"}))

    assert counts(plain) == {"2024-11": 1, "2024-12": 3}
    assert cells(apart) == {
        ("2024-11", "report"): 1,
        ("2024-12", "report"): 2,
        ("2024-12", "initial_information"): 1,
    }
    assert counts(weeks) == {"2024-W45": 1, "2024-W49": 3}


@pytest.mark.usefixtures("filed")
async def test_a_ranking_tells_ties_and_shares(client: AsyncClient, national: Headers) -> None:
    asked = {"unit": "complaint", "level": "regency", "top": "2"}

    ranking = await read(client, "ranking", national, **asked)

    ranked = [(row["rank"], row["key"], row["count"], row["share"]) for row in ranking["rows"]]
    assert ranked == [(1, "73.04", 3, 0.6), (2, "13.03", 1, 0.2)]
    assert [row["tied"] for row in ranking["rows"]] == [False, True]
    named = [row["label"]["id"] for row in ranking["rows"]]
    assert named == ["Kabupaten Jeneponto", "Kabupaten Sijunjung"]
    assert (ranking["total"], ranking["equals_left_out"]) == (5, 1)


@pytest.mark.usefixtures("filed")
async def test_a_map_tells_silence_from_zero(client: AsyncClient, sulsel: Headers) -> None:
    told = await read(client, "map", sulsel, unit="initial_information")

    rows = {row["key"]: (row["count"], row["silent"]) for row in told["rows"]}
    assert (rows["73.07"], rows["73.04"], rows["73.01"]) == ((1, False), (0, False), (0, True))
    assert len(rows) == 24
    assert (told["total"], told["elsewhere"]) == (1, 0)


@pytest.mark.usefixtures("filed")
async def test_all_that_is_answered_comes_as_a_sheet_and_line_by_line(
    client: AsyncClient, sulsel: Headers
) -> None:
    asked = {"unit": "complaint", "by": "region", "across": "channel"}

    sheet, lines = [
        await client.get("/stats/cross", params=asked, headers=sulsel | {"Accept": kind})
        for kind in ("text/csv", "application/x-ndjson")
    ]

    assert sheet.text.startswith("key,label_id,label_en,across,across_label_id,")
    assert "73.04,Kabupaten Jeneponto,Kabupaten Jeneponto,web," in sheet.text
    assert lines.headers["content-type"] == "application/x-ndjson"
    about, *rows = lines.text.splitlines()
    assert '"unit":"complaint"' in about
    summary = await client.get("/stats/summary", headers=sulsel | {"Accept": "text/csv"})
    assert "\r\nAduan,Complaint,4," in summary.text
    assert len(rows) == len(sheet.text.splitlines()) - 1


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        ("cross", {"by": "region", "across": "region"}, "not-another-dimension"),
        ("cross", {"by": "day", "across": "month"}, "not-another-dimension"),
        ("cross", {"by": "kind", "across": "severity"}, "enum"),
        ("cross", {"by": "region", "across": "outcome"}, "no-such-dimension"),
        (
            "cross",
            {"by": "region", "level": "regency", "across": "day", "since": "2023-01-01"},
            "too-many-cells",
        ),
        ("ranking", {"by": "month"}, "not-ranked-by-time"),
        ("map", {"level": "village"}, "level-not-below"),
        ("map", {"region": "99"}, "unknown-region"),
        ("series", {"by": "channel"}, "literal-error"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    client: AsyncClient, national: Headers, path: str, asked: dict[str, str], code: str
) -> None:
    asked = {"unit": Unit.COMPLAINT.value, **asked}

    assert await refusal(client, path, national, **asked) == code


async def test_no_question_reaches_beyond_the_own_area(
    client: AsyncClient, sulsel: Headers
) -> None:
    asked = {"unit": "complaint", "by": "kind", "across": "channel", "region": "13"}

    assert await refusal(client, "cross", sulsel, **asked) == "outside-area"
    for path in ("funnel", "clocks", "timing", "ages"):
        assert await refusal(client, path, sulsel, region="13") == "outside-area"


@pytest.mark.usefixtures("filed")
async def test_who_has_an_answer_is_told_so_until_the_figures_move(
    app: FastAPI,
    client: AsyncClient,
    sulsel: Headers,
    national: Headers,
) -> None:
    asked = {"unit": "complaint"}
    first = await client.get("/stats/map", params=asked, headers=sulsel)
    known = {"If-None-Match": first.headers["etag"]}

    again = await client.get("/stats/map", params=asked, headers=sulsel | known)
    others = [
        await client.get("/stats/map", params=asked, headers=national | known),
        await client.get("/stats/map", params={"unit": "report"}, headers=sulsel | known),
        await client.get(
            "/stats/map", params=asked, headers=sulsel | known | {"Accept": "text/csv"}
        ),
    ]
    nothing = {"unit": "rekaan"}
    anything = await client.get(
        "/stats/map", params=nothing, headers=sulsel | {"If-None-Match": "*"}
    )
    await file(client, event=SINJAI)
    moved = await client.get("/stats/map", params=asked, headers=sulsel | known)
    release, app.state.release = app.state.release, "another release"
    upgraded = await client.get("/stats/map", params=asked, headers=sulsel | known)
    app.state.release = release

    assert (again.status_code, again.content) == (304, b"")
    assert anything.status_code == 422
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert [answer.status_code for answer in (*others, moved, upgraded)] == [200] * 5
    assert len({answer.headers["etag"] for answer in (first, *others, moved, upgraded)}) == 6


@pytest.mark.usefixtures("filed")
async def test_who_asks_the_same_again_at_once_costs_no_share(
    app: FastAPI, client: AsyncClient, sulsel: Headers, national: Headers
) -> None:
    first = await client.get("/stats/map?unit=complaint", headers=sulsel)
    client.event_hooks["request"].clear()
    known = sulsel | {"If-None-Match": first.headers["etag"]}
    path = "/stats/map?unit=complaint"

    told = await client.get(path, headers=known)
    again = await client.get(path, headers=known)
    other = await client.get(path, headers=national | {"If-None-Match": first.headers["etag"]})
    app.state.reached.forget()
    looked = await client.get(path, headers=known)

    assert [each.status_code for each in (told, again, other, looked)] == [304, 304, 200, 304]
    costs = ["ratelimit" in each.headers for each in (told, again, other, looked)]
    assert costs == [True, False, True, True]
    assert again.headers["etag"] == told.headers["etag"]
    assert again.headers["vary"] == told.headers["vary"]
