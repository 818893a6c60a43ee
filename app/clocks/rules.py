"""The law of time: when an office takes reports, and by when a step is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.core.texts import Text
from app.elections.rules import Regime

DAY = timedelta(days=1)
WEEK = 7


class Step(StrEnum):
    """What has to happen in time."""

    FILE_REPORT = "file_report"
    ISSUE_RECEIPT = "issue_receipt"
    INITIAL_REVIEW = "initial_review"
    COMPLETION = "completion"
    REGISTRATION = "registration"
    HANDLING = "handling"
    EXTENSION = "extension"
    TRACING = "tracing"


class StartEvent(StrEnum):
    """What makes a clock start."""

    KNOWN = "known"
    RECEIVED = "received"
    COMPLETENESS_NOTIFIED = "completeness_notified"
    COMPLETED = "completed"
    REGISTERED = "registered"
    HANDLING_ENDED = "handling_ended"


class Unit(StrEnum):
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"


class Confidence(StrEnum):
    """How well a row is known: read in the law, in a second source, by practice, or not enough."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    KNOWN = "known"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A row of the law: of one code several versions, each in force until its last day."""

    code: str
    version: int
    regime: Regime
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class DeadlineRule(Norm):
    """How long one step may take, and how that time is counted."""

    step: Step
    amount: int
    unit: Unit
    start_event: StartEvent
    first_day_counts: bool
    end_of_day: bool

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a deadline is at least one hour or day long")
        if self.end_of_day and self.unit is Unit.HOUR:
            raise ValueError("hours run out to the minute, not at the end of the day")
        if self.first_day_counts and not self.end_of_day:
            raise ValueError("a first day counts only where the last one counts to its end")


@dataclass(frozen=True, kw_only=True)
class OfficeHours(Norm):
    """When reports are taken, local time: from `opens` until just before `closes`.

    Monday is weekday 1, none means every day; 00:00 closes at the end of the day.
    """

    weekday: int | None
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time.min and self.closes <= self.opens:
            raise ValueError("an office closes after it opens")
        if self.weekday is not None and not 1 <= self.weekday <= WEEK:
            raise ValueError(f"there is no weekday {self.weekday}")


@dataclass(frozen=True)
class Period:
    """Whole local days, the last one included, in which an office is open round the clock."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class TraceLine:
    """One day: whether it was counted, and why."""

    on: date
    counted: bool
    reason: Text


@dataclass(frozen=True)
class Trace:
    """Why a deadline falls where it falls: the version of the rule, the zone, day by day."""

    code: str
    version: int
    zone: str
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True)
class Due:
    """By when: `due_on` is the last day in the zone, `due_at` the first moment too late (UTC)."""

    due_on: date
    due_at: datetime
    trace: Trace

    def is_missed(self, moment: datetime) -> bool:
        return moment >= self.due_at


N = TypeVar("N", bound=Norm)


def in_force(norms: Iterable[N], on: date) -> list[N]:
    """Of each code the newest version that is valid on the day."""
    oldest_first = sorted(norms, key=lambda norm: norm.version)
    return list({norm.code: norm for norm in oldest_first if norm.is_valid(on)}.values())


def rule_for(
    rules: Iterable[DeadlineRule], step: Step, regime: Regime, on: date
) -> DeadlineRule | None:
    """The rule in force on the day, or None where the law as we hold it sets no limit."""
    asked = (rule for rule in rules if rule.step is step and rule.regime is regime)
    return max(in_force(asked, on), key=lambda rule: rule.version, default=None)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day: where a clock starts of which only the day is known."""
    return datetime.combine(day, time.min, zone)


def officially_received_at(
    submitted_at: datetime,
    zone: ZoneInfo,
    hours: Sequence[OfficeHours],
    always_open: Sequence[Period] = (),
) -> datetime:
    """The moment itself where the office is open, else its next opening.

    `hours` are those of one regime in all their versions; on a day for which none are in force
    nothing is closed. Perbawaslu 9/2024 sets the hours, and opens quiet period and voting day.
    """
    local = submitted_at.astimezone(zone)
    day = local.date()
    while not (windows := [w for w in _windows(day, zone, hours, always_open) if local < w[1]]):
        day += DAY
    return min(max(local, opens) for opens, _ in windows).astimezone(UTC)


def due(rule: DeadlineRule, start: datetime, zone: ZoneInfo) -> Due:
    """Count the time that a rule gives from a start, day by day in the zone of the office."""
    local = start.astimezone(zone)  # no zone of Indonesia has summer time: local sums are exact
    if rule.unit is Unit.HOUR:
        at = local + timedelta(hours=rule.amount)
        lines = _count_hours(local, at)
    else:
        lines = _count_days(local.date(), rule.amount, first_day_counts=rule.first_day_counts)
        at = datetime.combine(lines[-1].on, local.timetz())
    if rule.end_of_day:
        at = midnight(lines[-1].on + DAY, zone)
    trace = Trace(rule.code, rule.version, zone.key, lines)
    return Due((at - at.resolution).date(), at.astimezone(UTC), trace)


def _windows(
    day: date, zone: ZoneInfo, hours: Sequence[OfficeHours], always_open: Sequence[Period]
) -> list[tuple[datetime, datetime]]:
    rows = in_force(hours, day)
    nightfall = midnight(day + DAY, zone)
    if not rows or any(period.starts_on <= day <= period.ends_on for period in always_open):
        return [(midnight(day, zone), nightfall)]
    return [
        (
            datetime.combine(day, row.opens, zone),
            datetime.combine(day, row.closes, zone) if row.closes != time.min else nightfall,
        )
        for row in rows
        if row.weekday in (None, day.isoweekday())
    ]


def _count_hours(start: datetime, end: datetime) -> tuple[TraceLine, ...]:
    lines = []
    since = start
    while since < end:
        until = min(datetime.combine(since.date() + DAY, time.min, start.tzinfo), end)
        lines.append(TraceLine(since.date(), True, _hours_counted(since, until)))
        since = until
    return tuple(lines)


def _hours_counted(since: datetime, until: datetime) -> Text:
    begin, end = f"{since:%H:%M}", "24:00" if until.time() == time.min else f"{until:%H:%M}"
    indonesian = f"Dihitung dari pukul {begin} sampai pukul {end}".replace(":", ".")
    return Text(indonesian, f"Counted from {begin} to {end}")


def _count_days(start_on: date, amount: int, *, first_day_counts: bool) -> tuple[TraceLine, ...]:
    first = 1 if first_day_counts else 0
    return tuple(
        TraceLine(start_on + (number - first) * DAY, number > 0, _day_counted(number, first))
        for number in range(first, amount + 1)
    )


def _day_counted(number: int, first: int) -> Text:
    if number == 0:
        return Text("Hari mulai, tidak dihitung", "Starting day, not counted")
    if number == first:
        return Text("Hari mulai, dihitung sebagai hari ke-1", "Starting day, counted as day 1")
    return Text(f"Hari kalender ke-{number}", f"Calendar day {number}")
