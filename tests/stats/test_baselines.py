"""The figures of others come out as they were published, each by its unit."""

from typing import Any

from httpx import AsyncClient

from app.stats.files.starting import read_baselines
from app.stats.rules.baselines import Baseline, BaselineUnit
from tests.stats.publics import DAILY

BY_CODE = {each.code: each for each in read_baselines()}


def figures(*codes: str) -> list[float]:
    return [BY_CODE[code].figure for code in codes]


def parts(prefix: str, *names: str) -> float:
    return sum(BY_CODE[f"{prefix}-{name}"].figure for name in names)


def test_2020_comes_out_as_published() -> None:
    assert figures("2020-04-03-all", "2020-10-04-all") == [349, 805]
    assert parts("2020-04-03", "forwarded", "stopped", "open") == 349
    assert parts("2020-10-04", "finding", "report") == 805
    assert parts("2020-10-04", "recommended", "not-violation", "open") == 805
    assert figures("2020-06-26-reported", "2020-07-31-reported", "2020-11-05-reported") == [
        369,
        456,
        827,
    ]
    assert figures("2020-12-19-recommendation", "2020-12-19-recommended-persons") == [1194, 1645]
    assert figures("2020-12-19-kasn-reported", "2020-12-19-kasn-sanctioned") == [1305, 635]


def test_2024_comes_out_by_its_units() -> None:
    handled, persons = BY_CODE["2024-12-02-all"], BY_CODE["2024-12-05-persons"]

    assert (handled.figure, handled.unit) == (433, BaselineUnit.REPORT_OR_FINDING)
    assert (persons.figure, persons.unit) == (1158, BaselineUnit.PERSON)
    open_ones = ("awaiting-bkn", "awaiting-ppk", "left-service", "not-proven", "cancelled")
    assert parts("2024-12-05", *open_ones) == 1158
    assert parts("2024-12-02", "violation", "not-violation") == 413


def test_what_does_not_reconcile_says_so() -> None:
    doubtful = ("2020-quoted-1010", "2020-quoted-917", "2020-11-26-reported")

    assert not any(BY_CODE[code].reconciles for code in doubtful)
    assert parts("2020-11-26", "sanctioned", "not-acted", "in-process") != 727


def test_2020_voted_in_270_regions_and_not_in_170() -> None:
    voting = {each.voting_regions for each in BY_CODE.values() if each.year == 2020}

    assert voting == {270}
    assert "170" in BY_CODE["2020-quoted-1010"].words_id


def test_every_figure_has_its_source() -> None:
    def is_sourced(each: Baseline) -> bool:
        return bool(each.source_id and each.source and each.words_id and each.words_en)

    assert all(is_sourced(each) for each in BY_CODE.values())


async def test_everybody_can_read_them_page_by_page(client: AsyncClient) -> None:
    asked = {"election": "pilkada-2024", "unit": "person", "limit": "4", "count": "exact"}

    first = (await client.get("/stats/baselines", params=asked)).json()
    second = await client.get("/stats/baselines", params={**asked, "cursor": first["next_cursor"]})

    def codes(page: dict[str, Any]) -> list[str]:
        return [each["code"] for each in page["items"]]

    assert first["total"] == 11
    assert len(codes(first)) == 4
    assert set(codes(first)).isdisjoint(codes(second.json()))
    assert second.headers["cache-control"] == DAILY
