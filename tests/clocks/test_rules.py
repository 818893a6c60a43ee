from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.clocks import files
from app.clocks.rules import (
    Confidence,
    DeadlineRule,
    Period,
    StartEvent,
    Step,
    Unit,
    due,
    in_force,
    midnight,
    officially_received_at,
    rule_for,
)
from app.elections.rules import Regime

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))

HOURS = files.read_hours()
RULES = files.read_rules()

THREE_DAYS = DeadlineRule(
    code="three-days",
    version=1,
    regime=Regime.REGIONAL_ELECTION,
    step=Step.HANDLING,
    amount=3,
    unit=Unit.CALENDAR_DAY,
    start_event=StartEvent.REGISTERED,
    first_day_counts=False,
    end_of_day=True,
    source="invented for this test",
    confidence=Confidence.UNVERIFIED,
    valid_from=date(2020, 1, 1),
    valid_to=None,
)


def law(step: Step, on: date = date(2024, 10, 1)) -> DeadlineRule:
    rule = rule_for(RULES, step, Regime.REGIONAL_ELECTION, on)
    assert rule is not None
    return rule


def at(written: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


# 4 October 2024 is a Friday, 24 November a Sunday, 27 November (voting) a Wednesday.
@pytest.mark.parametrize(
    ("submitted", "received", "zone"),
    [
        ("2024-10-03 09:15:00", "2024-10-03 09:15:00", WIB),
        ("2024-10-03 08:00:00", "2024-10-03 08:00:00", WIB),
        ("2024-10-03 07:59:59", "2024-10-03 08:00:00", WIB),
        ("2024-10-03 15:59:59", "2024-10-03 15:59:59", WITA),
        ("2024-10-03 16:00:00", "2024-10-04 08:00:00", WITA),
        ("2024-10-04 16:29:59", "2024-10-04 16:29:59", WIB),
        ("2024-10-04 16:30:00", "2024-10-07 08:00:00", WIB),
        ("2024-10-05 11:00:00", "2024-10-07 08:00:00", WIT),
        ("2024-10-06 23:59:59", "2024-10-07 08:00:00", WIT),
        ("2024-10-07 00:00:00", "2024-10-07 08:00:00", WIB),
        # The night before the quiet period: the next opening is its first midnight.
        ("2024-11-23 20:00:00", "2024-11-24 00:00:00", WITA),
        ("2024-11-24 03:00:00", "2024-11-24 03:00:00", WIB),
        ("2024-11-25 03:00:00", "2024-11-25 03:00:00", WITA),
        ("2024-11-26 03:00:00", "2024-11-26 03:00:00", WIT),
        ("2024-11-27 23:59:59", "2024-11-27 23:59:59", WIT),
        ("2024-11-28 00:00:00", "2024-11-28 08:00:00", WIT),
        # The day before Perbawaslu 9/2024, a Sunday: no hours were set.
        ("2024-09-29 22:00:00", "2024-09-29 22:00:00", WIB),
    ],
)
def test_a_submission_counts_from_the_next_opening(
    submitted: str, received: str, zone: ZoneInfo
) -> None:
    assert officially_received_at(at(submitted, zone), zone, HOURS) == at(received, zone)


def test_one_instant_is_open_in_the_west_and_closed_in_the_east() -> None:
    instant = datetime(2024, 10, 3, 8, 30, tzinfo=UTC)  # 15:30 WIB, 16:30 WITA, 17:30 WIT

    received = [officially_received_at(instant, zone, HOURS) for zone in (WIB, WITA, WIT)]

    assert received == [instant, at("2024-10-04 08:00", WITA), at("2024-10-04 08:00", WIT)]


def test_the_weekday_is_that_of_the_zone_and_not_of_utc() -> None:
    sunday_in_utc = datetime(2024, 10, 6, 23, 30, tzinfo=UTC)  # Monday 08:30 in WIT

    assert officially_received_at(sunday_in_utc, WIT, HOURS) == sunday_in_utc
    assert officially_received_at(sunday_in_utc, WIB, HOURS) == at("2024-10-07 08:00", WIB)


def test_a_repeat_vote_opens_the_office_round_the_clock() -> None:
    repeat = Period(date(2025, 4, 19), date(2025, 4, 19))  # a Saturday

    submitted = at("2025-04-19 03:00")

    assert officially_received_at(submitted, WIB, HOURS, [repeat]) == submitted
    assert officially_received_at(submitted, WIB, HOURS) == at("2025-04-21 08:00")


def test_without_hours_nothing_is_closed() -> None:
    received = officially_received_at(at("2024-10-05 03:00"), WIB, [])

    assert received == at("2024-10-05 03:00")
    assert received.tzinfo is UTC


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
        # The first moment after handling is in day 1 of the extension: 18 19, five in all.
        (Step.EXTENSION, "2024-10-18 00:00", "2024-10-19", "2024-10-20 00:00"),
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


def test_the_other_regime_has_rules_of_its_own() -> None:
    assert rule_for(RULES, Step.HANDLING, Regime.GENERAL_ELECTION, date(2024, 2, 14)) is None


def test_a_rule_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(THREE_DAYS, amount=0)
    with pytest.raises(ValueError, match="hours run out"):
        replace(THREE_DAYS, unit=Unit.HOUR)
    with pytest.raises(ValueError, match="a first day counts only"):
        replace(THREE_DAYS, end_of_day=False, first_day_counts=True)


def test_hours_that_never_come_are_refused() -> None:
    with pytest.raises(ValueError, match="closes after"):
        replace(HOURS[0], closes=HOURS[0].opens)
    with pytest.raises(ValueError, match="no weekday"):
        replace(HOURS[0], weekday=8)
