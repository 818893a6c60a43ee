"""What is true of every count, whatever the rule, the calendar, the start and the stops."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.clocks.files.calendars import read_holidays
from app.clocks.rules.calendars import Calendar, calendar_of
from app.clocks.rules.counting import Mark, Pause, Run, count, midnight
from app.clocks.rules.hours import OfficeHours, Period, officially_received_at
from app.clocks.rules.norms import DeadlineRule, RollOver, StopReason, Unit
from tests.clocks.laws import HOURS, THREE_DAYS, WIB, WIT, WITA

DAY = timedelta(days=1)
SKIPPED = {Mark.WEEKEND, Mark.NATIONAL_HOLIDAY, Mark.JOINT_LEAVE, Mark.STOPPED, Mark.START_DAY}
WORKING = replace(THREE_DAYS, unit=Unit.WORKING_DAY)
STOPPABLE = replace(THREE_DAYS, stops_on=StopReason.WAITING_FOR_REPORTER)
DAYS = read_holidays()
SHIPPED = calendar_of(DAYS, 1, "00")

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
        replace(THREE_DAYS, roll_over=RollOver.NEXT_WORKING_DAY),
        WORKING,
        replace(WORKING, first_day_counts=True),
    ]
)
rules = st.builds(lambda rule, amount: replace(rule, amount=amount), shapes, st.integers(1, 60))
days_off = st.sets(st.dates(date(2019, 1, 1), date(2032, 12, 31)), max_size=40)
calendars = st.one_of(
    st.just(SHIPPED),
    days_off.map(lambda days: Calendar(2, {day: DAYS[0] for day in days})),
)
runs = st.builds(Run, moments, zones)
schedules = st.lists(st.sampled_from(HOURS), unique=True)
periods = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(2024, 9, 1), date(2024, 12, 31)),
    st.integers(0, 5),
)


@given(rules, runs, calendars)
def test_more_time_never_ends_earlier(rule: DeadlineRule, run: Run, calendar: Calendar) -> None:
    longer = replace(rule, amount=rule.amount + 1)
    one, other = count(rule, run, calendar), count(longer, run, calendar)

    assert run.started_at < one.due_at <= other.due_at
    assert one.due_at < other.due_at or rule.roll_over is RollOver.NEXT_WORKING_DAY


@given(rules, moments, moments, zones, calendars)
def test_a_later_start_never_ends_earlier(
    rule: DeadlineRule, one: datetime, other: datetime, zone: ZoneInfo, calendar: Calendar
) -> None:
    earlier, later = (Run(start, zone) for start in sorted([one, other]))

    assert count(rule, earlier, calendar).due_at <= count(rule, later, calendar).due_at


@given(rules, runs, calendars)
def test_a_replay_gives_the_same_day_and_trace(
    rule: DeadlineRule, run: Run, calendar: Calendar
) -> None:
    again = replace(run, started_at=run.started_at.astimezone(run.zone))

    assert count(rule, run, calendar) == count(rule, again, calendar)


@given(rules, runs, calendars)
def test_nothing_is_due_on_a_day_that_was_skipped(
    rule: DeadlineRule, run: Run, calendar: Calendar
) -> None:
    found = count(rule, run, calendar)

    skipped = {line.on for line in found.trace.lines if line.mark in SKIPPED}
    ends_on_a_start = not rule.end_of_day and rule.amount == 1
    assert found.due_on not in skipped or ends_on_a_start
    if rule.unit is Unit.WORKING_DAY or rule.roll_over is RollOver.NEXT_WORKING_DAY:
        assert calendar.is_working_day(found.due_on)


@given(rules, runs, calendars)
def test_the_trace_tells_every_day_once_and_counts_what_the_rule_gives(
    rule: DeadlineRule, run: Run, calendar: Calendar
) -> None:
    found = count(rule, run, calendar)
    counted = [line for line in found.trace.lines if line.counted]

    days = [line.on for line in found.trace.lines]
    assert days == [days[0] + n * DAY for n in range(len(days))]
    assert days[0] == run.started_at.astimezone(run.zone).date()
    assert rule.unit is Unit.HOUR or len(counted) == rule.amount
    assert not rule.end_of_day or found.due_on == days[-1]
    assert all(line.reason.id and line.reason.en for line in found.trace.lines)


@given(rules.filter(lambda rule: rule.end_of_day), runs, calendars)
def test_a_day_ends_at_midnight_of_the_office(
    rule: DeadlineRule, run: Run, calendar: Calendar
) -> None:
    found = count(rule, run, calendar)

    local = found.due_at.astimezone(run.zone)
    assert local.time() == time.min
    assert found.due_at == midnight(found.due_on + DAY, run.zone)
    assert not found.is_missed(found.due_at - found.due_at.resolution)
    assert found.is_missed(found.due_at)


@given(rules, moments, calendars)
def test_east_is_never_due_later_than_west_by_more_than_its_day(
    rule: DeadlineRule, start: datetime, calendar: Calendar
) -> None:
    """No zone of Indonesia has summer time: midnight lies two hours apart all year."""
    west = count(rule, Run(start, WIB), calendar)
    east = count(rule, Run(start, WIT), calendar)

    if start.astimezone(WIB).date() == start.astimezone(WIT).date() and rule.end_of_day:
        assert west.due_at - east.due_at == timedelta(hours=2)
        assert west.due_on == east.due_on


@given(
    st.integers(1, 20),
    runs,
    st.integers(0, 40).flatmap(
        lambda since: st.tuples(st.just(since), st.integers(since, since + 200))
    ),
)
def test_who_stops_and_resumes_gets_the_days_back(
    amount: int, run: Run, hours: tuple[int, int]
) -> None:
    """Over calendar days: the due day moves by the midnights that the clock stood still at."""
    rule = replace(STOPPABLE, amount=amount)
    since, until = (run.started_at + timedelta(hours=each) for each in hours)
    plain = count(rule, run, SHIPPED)
    if since >= plain.due_at:
        return

    stopped = count(rule, replace(run, pauses=(Pause(since, until),)), SHIPPED)

    midnights = until.astimezone(run.zone).date() - since.astimezone(run.zone).date()
    assert stopped.due_on == plain.due_on + midnights
    assert stopped.due_at > until or since == until


@given(st.integers(1, 100), runs, st.integers(0, 99), st.timedeltas(timedelta(0), 9 * DAY))
def test_hours_that_stood_still_are_added_to_the_minute(
    amount: int, run: Run, after: int, stood: timedelta
) -> None:
    rule = replace(THREE_DAYS, unit=Unit.HOUR, end_of_day=False, amount=amount)
    since = run.started_at + timedelta(hours=min(after, amount - 1))

    stopped = count(rule, replace(run, pauses=(Pause(since, since + stood),)), SHIPPED)

    assert stopped.due_at == count(rule, run, SHIPPED).due_at + stood


@given(rules.filter(lambda rule: rule.end_of_day), runs, calendars)
def test_an_extension_never_ends_earlier(rule: DeadlineRule, run: Run, calendar: Calendar) -> None:
    longer = replace(rule, extended_amount=rule.amount + 1, extended_unit=Unit.WORKING_DAY)
    extended = replace(run, extended=True)

    plain = count(replace(longer, roll_over=RollOver.NONE), run, calendar)
    assert plain.due_at < count(longer, extended, calendar).due_at


@given(runs, calendars, st.dates(date(2019, 1, 1), date(2032, 1, 1)))
def test_a_new_day_off_never_brings_a_deadline_forward(
    run: Run, calendar: Calendar, day: date
) -> None:
    more = Calendar(calendar.revision + 1, {**calendar.days, day: DAYS[0]})

    assert count(WORKING, run, calendar).due_at <= count(WORKING, run, more).due_at


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
