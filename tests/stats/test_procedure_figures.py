"""The procedure in figures: how far, in time or not, how long, and what waits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.stats.rules.funnel import passed
from app.stats.rules.quantiles import quantile
from app.stats.rules.ranking import rank
from app.stats.rules.steps import Progress
from app.stats.rules.waiting import BANDS, WAITING, WAITS, Waiting, band_of
from app.stats.service.folding import Folding
from tests.referrals.forwarding import Cast
from tests.referrals.test_asn import sent
from tests.stats.conftest import THE_FIFTH
from tests.stats.reading import Body, read

_HISTOGRAMS = some.dictionaries(some.integers(0, 400), some.integers(1, 20), min_size=1)
_COUNTS = some.dictionaries(some.text("abc", min_size=1, max_size=2), some.integers(0, 4))


async def ask(cast: Cast, path: str, **asked: str) -> Body:
    await Folding(cast.sessions).fold(THE_FIFTH)
    return await read(cast.client, path, cast.member, **asked)


def row(answer: Body, key: str) -> Body:
    return next(each for each in answer["rows"] if each["key"] == key)


async def test_a_forwarded_case_has_passed_all_steps_before(cast: Cast) -> None:
    await sent(cast)

    cases = await ask(cast, "funnel")
    persons = await ask(cast, "funnel", unit="person")

    counted = {each["key"]: each["count"] for each in cases["rows"]}
    assert counted == dict.fromkeys(["reported", "registered", "violation", "forwarded"], 1) | {
        "decided": 0,
        "sanctioned": 0,
    }
    assert row(cases, "forwarded")["share_of_step_before"] == 1.0
    assert row(cases, "decided")["share_of_step_before"] == 0.0
    assert row(cases, "sanctioned")["share_of_step_before"] is None
    assert (persons["unit"], row(persons, "forwarded")["count"]) == ("person", 1)


async def test_clocks_and_times_are_those_of_the_case(cast: Cast) -> None:
    await sent(cast)

    clocks = await ask(cast, "clocks")
    timing = await ask(cast, "timing")
    table = await ask(cast, "table", unit="deadline", by="outcome")

    assert clocks["all"]["total"] == table["total"]["count"] > 0
    parts = ("kept", "missed", "running", "cancelled")
    assert sum(clocks["all"][part] for part in parts) == clocks["all"]["total"]
    for part in (*parts, "total"):
        assert sum(each[part] for each in clocks["rows"]) == clocks["all"][part]
    forwarding = row(timing, "forwarding")
    assert (forwarding["count"], forwarding["median"], forwarding["longest"]) == (1, 0, 0)
    assert row(timing, "authority_decision")["median"] is None


async def test_times_are_told_by_region_and_month_as_well(cast: Cast) -> None:
    await sent(cast)

    months = await ask(cast, "timing", across="month")
    regions = await ask(cast, "timing", across="region")

    for told in (months, regions):
        taken = [each for each in told["rows"] if each["key"] == "forwarding" and each["count"]]
        assert [(each["count"], each["median"]) for each in taken] == [(1, 0)]


async def test_what_was_forwarded_today_is_the_youngest_that_waits(cast: Cast) -> None:
    await sent(cast)

    waiting = await ask(cast, "ages", waiting="awaiting_authority")
    persons = await ask(cast, "ages", waiting="person_awaiting_authority")
    cases = await ask(cast, "ages", waiting="open_case")

    bands = {each["band"]: each["count"] for each in waiting["rows"]}
    assert bands == {"0-7": 1, "8-14": 0, "15-30": 0, "31-60": 0, "61+": 0}
    assert waiting["unit"] == "referral"
    assert sum(each["count"] for each in persons["rows"]) == 1
    assert sum(each["count"] for each in cases["rows"]) == 0


@given(_HISTOGRAMS, some.integers(1, 100))
def test_a_quantile_is_that_of_the_things_one_by_one(
    histogram: dict[int, int], percent: int
) -> None:
    things = sorted(value for value, count in histogram.items() for _ in range(count))
    place = -(-len(things) * percent // 100)

    assert quantile(histogram, percent) == things[place - 1]


def test_of_nothing_there_is_no_quantile() -> None:
    assert quantile({}, 50) is None


@given(some.integers(-10, 1_000))
def test_every_age_has_one_band(days: int) -> None:
    fitting = [b for b in BANDS if b.first <= max(days, 0) <= (b.last or max(days, 61))]

    assert fitting == [band_of(days)]


@given(_COUNTS, some.integers(1, 6))
def test_a_place_in_a_ranking_says_how_many_have_more(counts: dict[str, int], top: int) -> None:
    shown, left_out = rank(counts, top)

    having = sorted(filter(None, counts.values()), reverse=True)
    assert [each.count for each in shown] == having[:top]
    for each in shown:
        assert each.rank == 1 + sum(count > each.count for count in having)
        assert each.tied == (having.count(each.count) > 1)
    assert left_out == (having.count(shown[-1].count) if shown else 0) - sum(
        each.count == shown[-1].count for each in shown
    )


@given(some.dictionaries(some.sampled_from([*map(str, Progress)]), some.integers(0, 9)))
def test_a_funnel_never_widens(furthest: dict[str, int]) -> None:
    steps = passed(furthest)

    assert steps[0].count == sum(furthest.values())
    assert all(a.count >= b.count for a, b in pairwise(steps))
    assert steps[-1].count == furthest.get(Progress.SANCTIONED, 0)


@pytest.mark.parametrize("waiting", Waiting)
def test_all_that_waits_has_words(waiting: Waiting) -> None:
    assert waiting in WAITING
    assert WAITS[waiting].codes
