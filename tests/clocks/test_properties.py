from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.clocks.rules import (
    DeadlineRule,
    OfficeHours,
    Period,
    Unit,
    due,
    officially_received_at,
)
from tests.clocks.test_rules import HOURS, THREE_DAYS, WIB, WIT, WITA

zones = st.sampled_from([WIB, WITA, WIT])
moments = st.timedeltas(timedelta(0), timedelta(days=4_700)).map(
    lambda passed: datetime(2019, 1, 1, tzinfo=UTC) + passed
)
shapes = st.sampled_from(
    [
        THREE_DAYS,
        replace(THREE_DAYS, first_day_counts=True),
        replace(THREE_DAYS, end_of_day=False),
        replace(THREE_DAYS, unit=Unit.HOUR, end_of_day=False),
    ]
)
rules_of_any_amount = st.builds(
    lambda rule, amount: replace(rule, amount=amount), shapes, st.integers(1, 60)
)
schedules = st.lists(st.sampled_from(HOURS), unique=True)
periods = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(2024, 9, 1), date(2024, 12, 31)),
    st.integers(0, 5),
)


@given(rules_of_any_amount, moments, zones)
def test_more_time_ends_later(rule: DeadlineRule, start: datetime, zone: ZoneInfo) -> None:
    longer = replace(rule, amount=rule.amount + 1)

    assert start < due(rule, start, zone).due_at < due(longer, start, zone).due_at


@given(rules_of_any_amount, moments, moments, zones)
def test_a_later_start_never_ends_earlier(
    rule: DeadlineRule, one: datetime, other: datetime, zone: ZoneInfo
) -> None:
    earlier, later = sorted([one, other])

    assert due(rule, earlier, zone).due_at <= due(rule, later, zone).due_at


@given(rules_of_any_amount, moments, zones)
def test_a_replay_gives_the_same_day_and_trace(
    rule: DeadlineRule, start: datetime, zone: ZoneInfo
) -> None:
    assert due(rule, start, zone) == due(rule, start.astimezone(zone), zone)


@given(rules_of_any_amount, moments, zones)
def test_the_trace_counts_what_the_rule_gives(
    rule: DeadlineRule, start: datetime, zone: ZoneInfo
) -> None:
    found = due(rule, start, zone)
    counted = [line for line in found.trace.lines if line.counted]

    days = [line.on for line in found.trace.lines]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[0] == start.astimezone(zone).date()
    if rule.unit is Unit.CALENDAR_DAY:
        assert len(counted) == rule.amount
    if rule.end_of_day:
        assert found.due_on == days[-1]


@given(moments, zones, schedules, st.lists(periods, max_size=3))
def test_nothing_is_received_before_it_was_submitted(
    submitted: datetime, zone: ZoneInfo, hours: list[OfficeHours], open_days: list[Period]
) -> None:
    received = officially_received_at(submitted, zone, hours, open_days)

    assert submitted <= received <= submitted + timedelta(days=8)
    assert officially_received_at(received, zone, hours, open_days) == received


@given(moments, moments, zones)
def test_who_submits_first_is_received_first(
    one: datetime, other: datetime, zone: ZoneInfo
) -> None:
    earlier, later = sorted([one, other])

    assert officially_received_at(earlier, zone, HOURS) <= officially_received_at(
        later, zone, HOURS
    )
