"""What a forecast is put together from: seasons, places, the announcement, officers and clocks."""

from datetime import date

import pytest

from app.clocks.files.norms import read_rules
from app.clocks.rules.norms import Step, Unit, rule_for
from app.clocks.rules.norms import Term as TermOf
from app.core.texts import Text
from app.elections.rules import Regime
from app.stats.files.starting import read_baselines, read_intensities, read_workload
from app.stats.rules.baselines import ANNOUNCED, basis_for, scaled
from app.stats.rules.delays import MOST_DAYS, Exposure, arrivals, exposures, usual
from app.stats.rules.delays import whole as together
from app.stats.rules.forecast import Fit, fit
from app.stats.rules.scenarios import scenario_of
from app.stats.rules.seasons import Phase, season_of
from app.stats.rules.spreads import Place, Prior
from app.stats.rules.voting import gather
from app.stats.rules.workload import Duty, calendar_days, duty_of, load_of
from tests.stats.histories import CALENDAR, SEASON, Stage

BASELINES = read_baselines()
BY_CODE = {each.code: each for each in BASELINES}


def busy_place(counts: list[int]) -> Fit:
    return fit([Place("73.04", "73", counts, [0.0625] * 4)], Prior(3.74))


def test_weeks_are_parted_by_what_can_be_known() -> None:
    weeks = exposures(SEASON.shares, 100, usual())

    assert sum(each.seen + each.late + each.ahead for each in weeks) == pytest.approx(1)
    assert weeks[0].late == pytest.approx(0, abs=1e-4)
    assert weeks[20].seen == weeks[20].late == 0


def test_what_passed_unrecorded_arrives_later_and_nothing_twice() -> None:
    left = together(exposures(SEASON.shares, 200, usual()))
    coming = together(arrivals(SEASON.shares, 200, usual()))

    assert coming.late == pytest.approx(left.late)
    assert coming.ahead == pytest.approx(left.ahead)
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
    found = busy_place([40, 44, 38, 42])
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


def test_the_last_days_of_a_week_need_as_many_officers_as_all_of_it() -> None:
    duties = [Duty(Step.HANDLING, 20.0, 3.0, None, "", "", Text("", ""))]
    found = busy_place([40, 44, 38, 42])
    week, saturday = Exposure(0, 0, 0.07), Exposure(0, 0, 0.01)

    full = load_of(found, [("73.04", week)], duties, 5.36)
    rest = load_of(found, [("73.04", saturday)], duties, 5.36, days=1)

    assert (rest.officers, rest.officers_extended) == (full.officers, full.officers_extended)
    assert rest.arriving.mean == pytest.approx(full.arriving.mean / 7)


def test_what_is_recorded_after_voting_asks_for_officers_too() -> None:
    coming = arrivals(SEASON.shares, len(SEASON.shares) - 1, usual())

    after = [each.late for each in coming[SEASON.weeks :]]
    assert 0.05 < sum(after) < 0.15
    assert len(after) == MOST_DAYS / 7


def test_days_of_the_law_become_calendar_days() -> None:
    assert calendar_days(TermOf(5, Unit.WORKING_DAY)) == 7
    assert calendar_days(TermOf(48, Unit.HOUR)) == 2
    assert calendar_days(TermOf(3, Unit.CALENDAR_DAY)) == 3
