from collections import Counter
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from app.clocks.files import calendars
from app.clocks.files import norms as files
from app.clocks.rules.calendars import HolidayKind
from app.clocks.rules.norms import Confidence, Step
from app.elections.rules import Regime

HEAD = files.RULES.read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "a-code,1,regional_election,handling,3,calendar_day,registered,no,yes,none,,,,continue,unsettled,"
    "a law,primary,2024-01-01,"
)


def write(folder: Path, row: str) -> Path:
    file = folder / "deadline_rules.csv"
    file.write_text(f"{HEAD}\n{ROW}\n{row}\n", encoding="utf-8")
    return file


def test_a_row_becomes_a_rule(tmp_path: Path) -> None:
    second = ROW.replace("a-code,1", "a-code,2") + "2024-12-31"

    one, two = files.read_rules(write(tmp_path, second))

    assert (one.code, one.version, one.amount, one.valid_to) == ("a-code", 1, 3, None)
    assert two == replace(one, version=2, valid_to=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("calendar_day", "lunar_day", "lunar_day"),
        ("registered,no", "registered,perhaps", "neither yes nor no"),
        ("2024-01-01", "1 January 2024", "1 January 2024"),
        (",registered,no,yes,none,", ",", "StartEvent"),
        (",none,,,,", ",none,,2,,", "an amount and a unit"),
        (",none,,,,", ",none,,2,calendar_day,", "more time"),
    ],
)
def test_a_row_that_we_cannot_count_is_refused_by_its_line(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    file = write(tmp_path, ROW.replace(right, wrong))

    with pytest.raises(ValueError, match=rf"deadline_rules.csv, line 3: .*{complaint}"):
        files.read_rules(file)


@pytest.mark.parametrize("regime", Regime)
def test_every_step_has_one_rule_in_each_regime(regime: Regime) -> None:
    rules = [rule for rule in files.read_rules() if rule.regime is regime]

    assert Counter(rule.step for rule in rules) == Counter(Step)
    assert all(rule.source for rule in rules)


def test_what_is_not_verified_says_so() -> None:
    doubtful = [each for each in files.read_rules() if each.confidence is Confidence.UNVERIFIED]

    assert {Step.INITIAL_REVIEW, Step.REGISTRATION, Step.TRACING} <= {
        each.step for each in doubtful
    }
    assert all("not verified" in each.source for each in doubtful)


def test_the_statutes_are_as_we_read_them() -> None:
    """domain.md, 1.4: the numbers with a primary source."""
    read = {
        (each.regime, each.step): (each.amount, each.unit, each.extended_amount, each.extended_unit)
        for each in files.read_rules()
        if each.confidence is Confidence.PRIMARY
    }

    assert read == {
        (Regime.REGIONAL_ELECTION, Step.FILE_REPORT): (7, "calendar_day", None, None),
        (Regime.GENERAL_ELECTION, Step.FILE_REPORT): (7, "working_day", None, None),
        (Regime.GENERAL_ELECTION, Step.HANDLING): (7, "calendar_day", 14, "working_day"),
    }


def test_from_when_the_handling_counts_is_marked_as_our_reading() -> None:
    """UU 1/2015 Art. 134(5) says "after received", and not whether that is the registration."""
    [handling] = [each for each in files.read_rules() if each.code == "regional-handling"]

    assert (handling.amount, handling.extended_amount) == (3, 5)
    assert handling.confidence is Confidence.SECONDARY
    assert "is our reading" in handling.source


def test_the_decree_of_2024_has_its_27_days() -> None:
    """SKB 855/2023: 17 national holidays and 10 days of joint leave; voting days come beside."""
    days = [each for each in calendars.read_holidays() if each.day.year == 2024]
    decreed = [each for each in days if each.source.startswith("SKB 855/2023")]

    assert Counter(each.kind for each in decreed) == {
        HolidayKind.NATIONAL_HOLIDAY: 17,
        HolidayKind.JOINT_LEAVE: 10,
    }
    assert [each.day for each in days if each not in decreed] == [
        date(2024, 2, 14),
        date(2024, 11, 27),
    ]


def test_every_year_until_2031_has_its_holidays_each_once() -> None:
    days = calendars.read_holidays()

    assert {each.day.year for each in days} == set(range(2015, 2032))
    assert len({each.key for each in days}) == len(days)
    assert all(each.source for each in days)


def test_what_is_estimated_from_the_moon_says_so() -> None:
    eid = next(each for each in calendars.read_holidays() if each.day == date(2028, 2, 27))

    assert eid.name == "Hari Raya Idul Fitri"
    assert eid.confidence is Confidence.UNVERIFIED
    assert "estimated" in eid.source


def test_the_week_is_that_of_perbawaslu_9_of_2024() -> None:
    week = {
        row.weekday: (row.opens, row.closes)
        for row in files.read_hours()
        if row.weekday is not None
    }

    assert week == dict.fromkeys(range(1, 5), (time(8), time(16))) | {5: (time(8), time(16, 30))}


def test_quiet_period_and_voting_day_are_rows_of_the_whole_day() -> None:
    whole_days = [row for row in files.read_hours() if row.weekday is None]

    assert {(row.opens, row.closes) for row in whole_days} == {(time(0), time(0))}
    assert [(row.valid_from, row.valid_to) for row in whole_days] == [
        (date(2024, 11, 24), date(2024, 11, 26)),
        (date(2024, 11, 27), date(2024, 11, 27)),
    ]
