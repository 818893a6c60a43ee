"""Deadlines that were worked out by hand: `golden/README.md` says how to read them."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from app.clocks.files.calendars import read_holidays
from app.clocks.rules.calendars import Calendar, Holiday, HolidayKind, calendar_of
from app.clocks.rules.counting import Due, Mark, Pause, Run, TraceLine, count
from app.clocks.rules.hours import officially_received_at
from app.clocks.rules.norms import Confidence, DeadlineRule, RollOver
from tests.clocks.laws import HOURS, RULES
from tests.clocks.running import ZONES

FOLDER: Final = Path(__file__).parent / "golden"
SHIPPED: Final = read_holidays()
BY_CODE: Final = {rule.code: rule for rule in RULES}
HERE: Final = "13.03"


def rows(*names: str) -> list[dict[str, str]]:
    found = []
    for name in names:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


CASES: Final = rows(
    "regional_election", "general_election", "enforcement_centre", "sanction", "stopped"
)
RECEIVED: Final = rows("received")


def days(written: str) -> Iterator[date]:
    """`2024-10-02..2024-10-04 2024-10-07` is four days."""
    for part in written.split():
        first, _, last = part.partition("..")
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last or first):
            yield day
            day += timedelta(days=1)


def parts(written: str) -> list[str]:
    return [each.strip() for each in written.split(";") if each.strip()]


def skipped(written: str) -> list[str]:
    """Each skipped day, or part of one, with its reason."""
    told = []
    for part in parts(written):
        when, _, why = part.rpartition(" ")
        told += [part] if ":" in when else [f"{day} {why}" for day in days(when)]
    return told


def counted(written: str) -> list[str]:
    return parts(written) if ":" in written else [str(day) for day in days(written)]


def told(lines: Sequence[TraceLine], *, by_hour: bool) -> tuple[list[str], list[str]]:
    """What a trace counts and what it skips, written as in the files."""
    count_in = [_when(line, by_hour=by_hour) for line in lines if line.mark is Mark.COUNTED]
    left_out = [
        f"{_when(line, by_hour=by_hour)} {line.mark}"
        for line in lines
        if line.mark is not Mark.COUNTED
    ]
    return count_in, left_out


def _when(line: TraceLine, *, by_hour: bool) -> str:
    if not by_hour:
        return str(line.on)
    begin, end = line.reason.en.split(" from ")[1].split(" to ")
    return f"{line.on} {begin}-{end}"


def rule_of(row: dict[str, str]) -> DeadlineRule:
    rule = BY_CODE[row["rule"]]
    match row.get("variant"):
        case "first day counts":
            return replace(rule, first_day_counts=True)
        case "rolls over":
            return replace(rule, roll_over=RollOver.NEXT_WORKING_DAY)
    return rule


def calendar_for(row: dict[str, str]) -> Calendar:
    return calendar_of([*SHIPPED, *map(day_off, parts(row.get("days_off", "")))], 1, HERE)


def day_off(written: str) -> Holiday:
    day, kind, area = written.split()
    return Holiday(
        day=date.fromisoformat(day),
        kind=HolidayKind(kind),
        name="Contoh",
        source="invented for this case",
        confidence=Confidence.UNVERIFIED,
        area_code=area,
    )


def run_of(row: dict[str, str], start: datetime, zone: ZoneInfo) -> Run:
    pauses = [
        Pause(*(moment(each, zone) for each in part.split(" to ")))
        for part in parts(row.get("stopped", ""))
    ]
    return Run(start, zone, row.get("variant") == "extended", tuple(pauses))


def moment(written: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


def check(row: dict[str, str], found: Due, zone: ZoneInfo) -> None:
    by_hour = ":" in row["counted"]
    assert told(found.trace.lines, by_hour=by_hour) == (
        counted(row["counted"]),
        skipped(row["skipped"]),
    )
    assert found.due_on == date.fromisoformat(row["last_day"])
    assert found.due_at == moment(row["too_late"], zone)


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["case"])
def test_a_deadline_is_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    zone = ZoneInfo(ZONES[row["zone"]])
    run = run_of(row, moment(row["start"], zone), zone)

    found = count(rule_of(row), run, calendar_for(row))

    check(row, found, zone)


@pytest.mark.parametrize("row", RECEIVED, ids=lambda row: row["case"])
def test_a_report_is_received_and_due_as_worked_out_by_hand(row: dict[str, str]) -> None:
    zone = ZoneInfo(ZONES[row["zone"]])

    received = officially_received_at(moment(row["submitted"], zone), zone, HOURS)
    found = count(rule_of(row), run_of(row, received, zone), calendar_for(row))

    assert received == moment(row["received"], zone)
    check(row, found, zone)


def test_the_cases_are_many_and_every_rule_of_the_pilkada_has_one() -> None:
    assert len(CASES) + len(RECEIVED) >= 60
    assert len({row["case"] for row in CASES}) == len(CASES)
    regional = {rule.code for rule in RULES if rule.code.startswith("regional-")}
    assert regional <= {row["rule"] for row in CASES}
