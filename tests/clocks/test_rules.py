from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.clocks.rules.counting import midnight
from app.clocks.rules.norms import DeadlineRule, RollOver, Step, StopReason, Unit, in_force
from tests.clocks.laws import THREE_DAYS, WIB, WIT, WITA, at, due, law


@pytest.mark.parametrize(
    ("step", "start", "last_day", "too_late"),
    [
        # 1 not counted; 2 3 4 5 6 7 8.
        (Step.FILE_REPORT, "2024-10-01 00:00", "2024-10-08", "2024-10-09 00:00"),
        (Step.FILE_REPORT, "2024-10-01 23:59", "2024-10-08", "2024-10-09 00:00"),
        # Over the end of February of a leap year: 26 not counted; 27 28 29 1 2 3 4.
        (Step.FILE_REPORT, "2024-02-26 12:00", "2024-03-04", "2024-03-05 00:00"),
        # The same day.
        (Step.ISSUE_RECEIPT, "2024-10-04 16:29", "2024-10-04", "2024-10-05 00:00"),
        # Friday not counted; Saturday and Sunday are calendar days.
        (Step.INITIAL_REVIEW, "2024-10-04 10:00", "2024-10-06", "2024-10-07 00:00"),
        # 2 x 24 hours, to the minute, over two midnights.
        (Step.COMPLETION, "2024-10-04 15:30", "2024-10-06", "2024-10-06 15:30"),
        (Step.COMPLETION, "2024-12-30 23:00", "2025-01-01", "2025-01-01 23:00"),
        # From midnight to midnight: the last day with time left is the second one.
        (Step.COMPLETION, "2024-10-04 00:00", "2024-10-05", "2024-10-06 00:00"),
        # 14 not counted; 15 16 17.
        (Step.HANDLING, "2024-10-14 09:00", "2024-10-17", "2024-10-18 00:00"),
    ],
)
@pytest.mark.parametrize("zone", [WIB, WITA, WIT], ids=str)
def test_a_step_is_due(
    step: Step, start: str, last_day: str, too_late: str, zone: ZoneInfo
) -> None:
    found = due(law(step, date.fromisoformat(start[:10])), at(start, zone), zone)

    assert found.due_on == date.fromisoformat(last_day)
    assert found.due_at == at(too_late, zone)


def test_seven_days_with_the_first_day_counted_end_a_day_earlier() -> None:
    seven = replace(THREE_DAYS, amount=7)
    start = at("2024-10-01 10:00")

    assert due(seven, start, WIB).due_on == date(2024, 10, 8)
    assert due(replace(seven, first_day_counts=True), start, WIB).due_on == date(2024, 10, 7)


@pytest.mark.parametrize(
    ("zone", "last_day"),
    # 15:30 UTC on 1 October is 22:30 WIB, 23:30 WITA, and already 00:30 on the 2nd in WIT.
    [(WIB, date(2024, 10, 4)), (WITA, date(2024, 10, 4)), (WIT, date(2024, 10, 5))],
)
def test_days_are_those_of_the_zone(zone: ZoneInfo, last_day: date) -> None:
    found = due(THREE_DAYS, datetime(2024, 10, 1, 15, 30, tzinfo=UTC), zone)

    assert found.due_on == last_day
    assert found.due_at == midnight(last_day + timedelta(days=1), zone)


def test_days_that_do_not_run_to_their_end_run_to_the_same_time_of_day() -> None:
    found = due(replace(THREE_DAYS, end_of_day=False), at("2024-10-01 10:20"), WIB)

    assert found.due_at == at("2024-10-04 10:20")


def test_the_last_moment_is_in_time_and_the_next_is_not() -> None:
    found = due(THREE_DAYS, at("2024-10-01 10:00"), WIB)

    assert not found.is_missed(at("2024-10-04 23:59:59.999999"))
    assert found.is_missed(at("2024-10-05 00:00"))


def test_the_trace_tells_every_day_and_why() -> None:
    trace = due(THREE_DAYS, at("2024-10-01 10:00"), WIB).trace

    assert (trace.code, trace.version, trace.zone) == ("three-days", 1, "Asia/Jakarta")
    assert [(line.on.day, line.counted, line.reason.en) for line in trace.lines] == [
        (1, False, "Starting day, not counted"),
        (2, True, "Calendar day 1"),
        (3, True, "Calendar day 2"),
        (4, True, "Calendar day 3"),
    ]
    assert trace.lines[0].reason.id == "Hari mulai, tidak dihitung"


def test_the_trace_says_when_the_first_day_counts() -> None:
    rule = replace(THREE_DAYS, amount=2, first_day_counts=True)

    lines = due(rule, at("2024-10-01 10:00"), WIB).trace.lines

    assert [(line.on.day, line.counted, line.reason.en) for line in lines] == [
        (1, True, "Starting day, counted as day 1"),
        (2, True, "Calendar day 2"),
    ]


def test_the_trace_of_hours_tells_from_when_to_when() -> None:
    lines = due(law(Step.COMPLETION), at("2024-10-04 15:30"), WIB).trace.lines

    assert [(line.on.day, line.reason.en) for line in lines] == [
        (4, "Counted from 15:30 to 24:00"),
        (5, "Counted from 00:00 to 24:00"),
        (6, "Counted from 00:00 to 15:30"),
    ]
    assert lines[0].reason.id == "Dihitung dari pukul 15.30 sampai pukul 24.00"


def test_the_newest_version_valid_on_a_day_is_in_force() -> None:
    old = replace(THREE_DAYS, valid_to=date(2024, 9, 30))
    new = replace(THREE_DAYS, version=2, amount=5, valid_from=date(2024, 10, 1))
    corrected = replace(new, version=3, amount=4)

    def amount_on(day: date, rules: Sequence[DeadlineRule]) -> list[int]:
        return [rule.amount for rule in in_force(rules, day)]

    assert amount_on(date(2019, 12, 31), [new, old]) == []
    assert amount_on(date(2024, 9, 30), [new, old]) == [3]
    assert amount_on(date(2024, 10, 1), [new, old]) == [5]
    assert amount_on(date(2024, 10, 1), [corrected, new, old]) == [4]


def test_a_rule_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(THREE_DAYS, amount=0)
    with pytest.raises(ValueError, match="hours run out"):
        replace(THREE_DAYS, unit=Unit.HOUR)
    with pytest.raises(ValueError, match="a first day counts only"):
        replace(THREE_DAYS, end_of_day=False, first_day_counts=True)
    with pytest.raises(ValueError, match="working days count to the end"):
        replace(THREE_DAYS, end_of_day=False, unit=Unit.WORKING_DAY)
    with pytest.raises(ValueError, match="moves to the next working day"):
        replace(THREE_DAYS, end_of_day=False, roll_over=RollOver.NEXT_WORKING_DAY)
    with pytest.raises(ValueError, match="days can stop only"):
        replace(THREE_DAYS, end_of_day=False, stops_on=StopReason.WAITING_FOR_REPORTER)
    with pytest.raises(ValueError, match="an amount and a unit"):
        replace(THREE_DAYS, extended_amount=5)
    with pytest.raises(ValueError, match="hours are extended by hours"):
        replace(THREE_DAYS, extended_amount=5, extended_unit=Unit.HOUR)
    with pytest.raises(ValueError, match="more time than there was"):
        replace(THREE_DAYS, extended_amount=3, extended_unit=Unit.CALENDAR_DAY)
