from collections import Counter
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from app.clocks import files
from app.clocks.rules import Confidence, Step
from app.elections.rules import Regime

HEAD = files.RULES.read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "a-code,1,regional_election,handling,3,calendar_day,registered,no,yes,a law,primary,2024-01-01,"
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
        ("calendar_day", "working_day", "working_day"),
        ("registered,no", "registered,perhaps", "neither yes nor no"),
        ("2024-01-01", "1 January 2024", "1 January 2024"),
        (",registered,no,yes,a law,primary,2024-01-01,", "", "StartEvent"),
    ],
)
def test_a_row_that_we_cannot_count_is_refused_by_its_line(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    file = write(tmp_path, ROW.replace(right, wrong))

    with pytest.raises(ValueError, match=rf"deadline_rules.csv, line 3: .*{complaint}"):
        files.read_rules(file)


def test_every_step_of_the_regional_election_has_one_rule() -> None:
    rules = files.read_rules()

    assert Counter(rule.step for rule in rules) == Counter(Step)
    assert {rule.regime for rule in rules} == {Regime.REGIONAL_ELECTION}
    assert all(rule.source for rule in rules)


def test_what_is_not_verified_says_so() -> None:
    doubtful = {
        rule.step for rule in files.read_rules() if rule.confidence is Confidence.UNVERIFIED
    }

    assert doubtful == {Step.INITIAL_REVIEW, Step.REGISTRATION, Step.TRACING}


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
