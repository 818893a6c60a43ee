"""The forecast's arithmetic: bands nest, sums agree, and history outweighs neighbours in time."""

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clocks.files.norms import read_rules
from app.clocks.rules.norms import Step, Unit, rule_for
from app.clocks.rules.norms import Term as TermOf
from app.elections.rules import Regime
from app.stats.files import read_baselines, read_intensities, read_workload
from app.stats.rules.baselines import ANNOUNCED, basis_for, scaled
from app.stats.rules.delays import MOST_DAYS, Exposure, arrivals, estimate, exposures, usual
from app.stats.rules.delays import whole as together
from app.stats.rules.forecast import Fit, Place, Prior, fit, outlook
from app.stats.rules.negbin import Predictive
from app.stats.rules.scenarios import scenario_of
from app.stats.rules.seasons import Phase, season_of
from app.stats.rules.voting import gather
from app.stats.rules.workload import calendar_days, duty_of, load_of
from tests.stats.histories import CALENDAR, SEASON, Stage, World, deviation, try_bands
from tests.stats.reality import verdicts

MEANS = st.floats(0.001, 3_000)
WIDER = st.floats(0.0, 50.0)
BASELINES = read_baselines()
BY_CODE = {each.code: each for each in BASELINES}


@given(MEANS, WIDER, st.integers(0, 1_000))
@settings(max_examples=60)
def test_bands_nest_and_hold_what_they_promise(mean: float, wider: float, known: int) -> None:
    expected = Predictive(mean, mean * (1 + wider))

    half, most = expected.bands(known)

    assert known <= most.low <= half.low <= half.high <= most.high
    assert half.holds >= 0.5 - 1e-6
    assert most.holds >= 0.9 - 1e-6


@given(MEANS, WIDER)
@settings(max_examples=40)
def test_quantiles_rise_and_are_those_of_the_distribution(mean: float, wider: float) -> None:
    expected = Predictive(mean, mean * (1 + wider))
    wanted = [0.05, 0.25, 0.5, 0.75, 0.95]

    found = expected.quantiles(wanted)

    assert all(found[low] <= found[high] for low, high in pairwise(wanted))
    for share, count in found.items():
        assert expected.cdf(count) >= share - 1e-6
        assert count == 0 or expected.cdf(count - 1) < share + 1e-6


def test_without_doubt_of_the_rate_it_is_the_poisson() -> None:
    assert Predictive(2.0, 2.0).cdf(1) == pytest.approx(3 * math.exp(-2))


def test_with_a_gamma_rate_of_shape_one_it_is_geometric() -> None:
    assert Predictive(1.0, 2.0).cdf(2) == pytest.approx(1 - 0.5**3)


def test_of_nothing_comes_nothing() -> None:
    assert [(each.low, each.high, each.holds) for each in Predictive(0, 0).bands(7)] == [
        (7, 7, 1.0),
        (7, 7, 1.0),
    ]


COUNTS = st.lists(st.integers(0, 9), min_size=4, max_size=4)


def learnt(counts: dict[str, list[int]], seen: float = 0.25) -> Fit:
    places = [Place(code, code[:2], weeks, [seen / 4] * 4) for code, weeks in counts.items()]
    return fit(places, Prior(3.74))


@given(st.dictionaries(st.sampled_from(["11.01", "11.02", "13.03", "73", "73.04"]), COUNTS))
@settings(max_examples=60)
def test_regions_add_up_to_provinces_and_the_nation(counts: dict[str, list[int]]) -> None:
    found = learnt(counts)
    left = Exposure(0.0, 0.1, 0.65)

    def mean(area: str) -> float:
        return outlook(found, ((code, left) for code in counts if code.startswith(area))).mean

    provinces = {code[:2] for code in counts}
    assert sum(mean(each) for each in provinces) == pytest.approx(mean(""))
    assert sum(mean(each) for each in counts if "." in each) + sum(
        outlook(found, [(each, left)]).mean for each in counts if "." not in each
    ) == pytest.approx(mean(""))


@given(COUNTS, st.floats(0.01, 0.99))
@settings(max_examples=40)
def test_parts_of_a_season_add_up_and_are_surer_alone(counts: list[int], part: float) -> None:
    found = learnt({"73.04": counts, "73.07": [1, 0, 0, 0]})
    week = Exposure(0.0, 0.05, 0.2, 0.01)

    parts = [
        outlook(found, [("73.04", week.scaled(each))]).predictive() for each in (part, 1 - part)
    ]
    both = outlook(found, [("73.04", week.scaled(part)), ("73.04", week.scaled(1 - part))])

    assert sum(each.mean for each in parts) == pytest.approx(both.mean)
    assert sum(each.variance for each in parts) <= both.predictive().variance + 1e-9
    assert both.predictive().variance >= both.mean


def test_a_region_without_history_gets_the_rate_of_its_province() -> None:
    counts = {f"73.{number:02}": [3, 4, 2, 3] for number in range(1, 20)}
    seen = [Place(code, "73", weeks, [0.05] * 4) for code, weeks in counts.items()]
    new = Place("73.99", "73", [0] * 4, [0.0] * 4)

    found = fit([*seen, new], Prior(3.74))

    assert found.places["73.99"].mean == pytest.approx(found.provinces["73"].mean)
    assert found.places["73.99"].own == 0


def test_a_long_history_is_its_own() -> None:
    counts = {"73.04": [500, 480, 510, 490], "73.07": [1, 0, 1, 0], "13.03": [2, 1, 0, 1]}

    found = learnt(counts)

    assert found.places["73.04"].mean == pytest.approx(1980 / 0.25, rel=0.05)
    assert found.places["73.04"].own > 0.9


def test_a_province_without_history_gets_the_rate_of_the_nation() -> None:
    counts = {f"{number}.01": [3, 4, 2, 3] for number in range(11, 40)}
    seen = [Place(code, code[:2], weeks, [0.05] * 4) for code, weeks in counts.items()]

    found = fit([*seen, Place("96.01", "96", [0] * 4, [0.0] * 4)], Prior(3.74))

    assert found.provinces["96"].mean == pytest.approx(found.nation.mean)


def test_without_any_history_the_baseline_speaks() -> None:
    found = fit([Place("73.04", "73", [0], [0.0])], Prior(3.74))

    assert found.nation.mean == pytest.approx(3.74)
    assert found.nation.spread == pytest.approx(1.0)


def test_bundles_are_told_from_single_cases() -> None:
    bundles = {f"73.{n:02}": [12, 0, 0, 0] if n % 4 == 0 else [0] * 4 for n in range(1, 60)}
    single = {f"73.{n:02}": [1, 0, 1, 1] for n in range(1, 60)}

    assert learnt(bundles).learnt.dispersion > 5
    assert learnt(single).learnt.dispersion == pytest.approx(1.0, abs=0.1)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 120), st.integers(0, 120)), st.integers(1, 50), max_size=30
    )
)
@settings(max_examples=60)
def test_the_share_recorded_rises_to_all(triangle: dict[tuple[int, int], int]) -> None:
    delays = estimate({(age, min(age, delay)): n for (age, delay), n in triangle.items()})

    assert all(0 <= low <= high for low, high in pairwise(delays.recorded))
    assert delays.recorded[-1] == 1
    assert delays.by(-1) == 0
    assert delays.by(10_000) == 1


def test_quick_reports_of_recent_acts_do_not_make_all_of_them_quick() -> None:
    """Half are recorded at once, half after ten days; of recent acts only the quick are seen."""
    triangle = {(age, 0): 50 for age in range(40)} | {(age, 10): 50 for age in range(10, 40)}

    delays = estimate(triangle)

    assert delays.by(3) == pytest.approx(0.5, abs=0.03)
    assert delays.by(12) > 0.97


def test_weeks_are_parted_by_what_can_be_known() -> None:
    weeks = exposures(SEASON.shares, 100, usual())

    assert sum(each.seen + each.late + each.ahead for each in weeks) == pytest.approx(1)
    assert weeks[0].late == pytest.approx(0, abs=1e-4)
    assert weeks[20].seen == weeks[20].late == 0


def test_what_passed_unrecorded_arrives_later_and_nothing_twice() -> None:
    left = together(exposures(SEASON.shares, 200, usual()))
    coming = together(arrivals(SEASON.shares, 200, usual()))

    assert 0 < coming.late <= left.late + 1e-9
    assert 0 < coming.ahead <= left.ahead
    assert sum(each.late for each in arrivals(SEASON.shares, 200, usual())[:28]) == 0


def test_the_season_follows_its_stages() -> None:
    phases = [SEASON.phase_of(week) for week in range(SEASON.weeks)]

    assert (SEASON.first, SEASON.last) == (date(2023, 12, 25), date(2024, 12, 1))
    assert sum(SEASON.shares) == pytest.approx(1)
    assert list(dict.fromkeys(phases)) == list(Phase)
    assert SEASON.shares[-1] > SEASON.shares[-30] > SEASON.shares[-60] > SEASON.shares[0]


def test_a_place_with_a_later_campaign_has_a_later_season() -> None:
    later = [each for each in CALENDAR if each.stage != "campaign"]
    campaign = Stage(CALENDAR[1].stage, date(2024, 10, 15), date(2024, 11, 23))
    own = season_of([*later, campaign], date(2024, 11, 27), read_intensities())

    assert own.phases.count(Phase.CAMPAIGN_FIRST) < SEASON.phases.count(Phase.CAMPAIGN_FIRST)


def test_what_lies_in_no_voting_regency_keeps_its_province() -> None:
    counted = {("31.71", 0): 2, ("73.04", 1): 3, ("34", 1): 1, ("00", 0): 1}

    found = gather(counted, ["31", "73", "73.04"], 2)

    assert found == {"00": [1, 0], "31": [2, 0], "34": [0, 1], "73": [0, 0], "73.04": [0, 3]}


def test_the_announcement_is_less_than_half_of_2020_for_each_region() -> None:
    basis = basis_for(BASELINES, "case", Regime.REGIONAL_ELECTION, 2024)
    assert basis is not None

    scenario = scenario_of(BY_CODE[ANNOUNCED], basis, 37 + 508)

    assert (basis.figure, basis.voting_regions) == (1010, 270)
    assert scaled(basis, 545) == pytest.approx(2038.7, abs=0.05)
    assert scenario.expected == pytest.approx(1000)
    assert scenario.per_region == pytest.approx(1.835, abs=0.001)
    assert scenario.ratio == pytest.approx(0.4905, abs=0.0001)


def test_the_next_election_starts_from_what_came_in_2024() -> None:
    found = [
        basis_for(BASELINES, unit, Regime.REGIONAL_ELECTION, 2031) for unit in ("case", "person")
    ]

    assert [each.figure for each in found if each] == [433, 1158]
    assert basis_for(BASELINES, "case", Regime.GENERAL_ELECTION, 2029) is None


def test_officers_are_reckoned_from_the_days_of_the_law() -> None:
    rules, work = read_rules(), read_workload()
    on = date(2024, 11, 5)
    duties = [
        duty_of(step, labour, rule)
        for step, labour in work.steps.items()
        if (rule := rule_for(rules, step, Regime.REGIONAL_ELECTION, on))
    ]
    found = learnt({"73.04": [40, 44, 38, 42]})
    quiet, busy = [("73.04", Exposure(0, 0, 0))], [("73.04", Exposure(0, 0, 0.02))]

    none = load_of(found, quiet, duties, work.officer_day.hours)
    load = load_of(found, busy, duties, work.officer_day.hours)

    handling = next(each for each in duties if each.step is Step.HANDLING)
    assert (handling.days, handling.extended_days) == (3, 5)
    assert (none.officers, none.hours) == (0, 0)
    assert load.hours == pytest.approx(load.arriving.mean * 28)
    assert load.officers >= load.officers_extended
    # Nobody can do with fewer than the hours of what is expected ask for.
    assert load.officers * work.officer_day.hours * 7 >= load.hours


def test_days_of_the_law_become_calendar_days() -> None:
    assert calendar_days(TermOf(5, Unit.WORKING_DAY)) == 7
    assert calendar_days(TermOf(48, Unit.HOUR)) == 2
    assert calendar_days(TermOf(3, Unit.CALENDAR_DAY)) == 3


def test_against_what_came_the_wide_band_held_as_docs_forecast_says() -> None:
    held = {(each.question.name, each.came): each.held for each in verdicts()}

    assert held["2024, cases, before anything", 433] == "90 %"
    assert held["2024, persons, before anything", 1158] == "50 %"
    assert held["2020, cases, from 3 April", 805] == "90 %"
    # Two misses that docs/forecast.md explains: the units are not the same, and the pause.
    assert held["2020, cases, from 4 October", 1010] == "none"
    assert held["2024, cases, from 18 September", 433] == "none"


def test_the_bands_hold_in_sixty_small_countries() -> None:
    """The whole of it, a thousand histories of the country, is `python -m tests.bench forecast`.

    Regions of one history share its fate, so the 90 % band of all of them together is given twice
    the five points that it has there, and the nation, met once in each, three deviations.
    """
    tallies = try_bands(World(provinces=8, regions=8), histories=60, seed=7)

    for name, tally in tallies.items():
        half, most, plain_half, plain_most = tally.shares()
        once = name.startswith("nation")
        room = 3 * deviation(0.5, 60) if once else 0.06
        assert abs(half - 0.5) <= room, name
        assert abs(most - 0.9) <= (3 * deviation(0.9, 60) if once else 0.05), name
        assert plain_half >= half - 0.02
        assert plain_most >= most - 0.02
    assert MOST_DAYS == 84
