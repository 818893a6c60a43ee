"""One pure function: by when a step is due, and why, day by day or hour by hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.calendars import Calendar, HolidayKind, is_weekend
from app.clocks.rules.norms import DeadlineRule, RollOver, Term, Unit
from app.core.texts import Text

DAY: Final = timedelta(days=1)


class Mark(StrEnum):
    """What a day, or a part of it, is in a count."""

    COUNTED = "counted"
    START_DAY = "start_day"
    WEEKEND = "weekend"
    NATIONAL_HOLIDAY = "national_holiday"
    JOINT_LEAVE = "joint_leave"
    STOPPED = "stopped"
    ROLLED_OVER = "rolled_over"


@dataclass(frozen=True)
class Pause:
    """From when until when a clock stood still."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Run:
    """What is counted: from when, in the zone of which office, with which interruptions."""

    started_at: datetime
    zone: ZoneInfo
    extended: bool = False
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class TraceLine:
    """One day, or a part of one: whether it was counted, and why."""

    on: date
    counted: bool
    mark: Mark
    reason: Text


@dataclass(frozen=True)
class Trace:
    """Why a deadline falls where it falls: rule, calendar, zone, and every day."""

    code: str
    version: int
    calendar_revision: int
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


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day: where a clock starts of which only the day is known."""
    return datetime.combine(day, time.min, zone)


def count(rule: DeadlineRule, run: Run, calendar: Calendar) -> Due:
    """Count the time that a rule gives from a start, in the zone of the office.

    A day on which the clock stands still at midnight is not counted; the first one that it runs
    through takes the place of the starting day. No zone of Indonesia has summer time, so local
    sums are exact.
    """
    local = run.started_at.astimezone(run.zone)
    pauses = tuple(
        Pause(each.since.astimezone(run.zone), each.until.astimezone(run.zone))
        for each in run.pauses
    )
    term = rule.term(extended=run.extended)
    if term.unit is Unit.HOUR:
        lines, at = _count_hours(local, timedelta(hours=term.amount), pauses)
    else:
        lines = _Days(rule, term, calendar, pauses).count(local.date())
        at = datetime.combine(lines[-1].on, local.timetz())
    if rule.end_of_day:
        at = midnight(lines[-1].on + DAY, run.zone)
    trace = Trace(rule.code, rule.version, calendar.revision, run.zone.key, tuple(lines))
    return Due((at - at.resolution).date(), at.astimezone(UTC), trace)


def _count_hours(
    start: datetime, left: timedelta, pauses: Sequence[Pause]
) -> tuple[list[TraceLine], datetime]:
    lines = []
    since = start
    while left:
        stop = next((each for each in pauses if each.since <= since < each.until), None)
        nightfall = datetime.combine(since.date() + DAY, time.min, start.tzinfo)
        if stop:
            until = min(stop.until, nightfall)
        else:
            ahead = (each.since for each in pauses if each.since > since)
            until = min(nightfall, since + left, *ahead)
            left -= until - since
        lines.append(_hours(since, until, stopped=stop is not None))
        since = until
    return lines, since


def _hours(since: datetime, until: datetime, *, stopped: bool) -> TraceLine:
    begin, end = f"{since:%H:%M}", "24:00" if until.time() == time.min else f"{until:%H:%M}"
    indonesian = f"dari pukul {begin} sampai pukul {end}".replace(":", ".")
    if stopped:
        said = Text(f"Berhenti {indonesian}", f"Stopped from {begin} to {end}")
        return TraceLine(since.date(), False, Mark.STOPPED, said)
    said = Text(f"Dihitung {indonesian}", f"Counted from {begin} to {end}")
    return TraceLine(since.date(), True, Mark.COUNTED, said)


class _Days:
    """Counts one deadline day by day."""

    def __init__(
        self, rule: DeadlineRule, term: Term, calendar: Calendar, pauses: Sequence[Pause]
    ) -> None:
        self.rule = rule
        self.term = term
        self.calendar = calendar
        self.pauses = [(each.since.date(), each.until.date()) for each in pauses]

    def count(self, day: date) -> list[TraceLine]:
        lines: list[TraceLine] = []
        number = 1 if self.rule.first_day_counts else 0
        while number <= self.term.amount:
            skipped = self._skipped(day, number)
            if skipped:
                lines.append(skipped)
            else:
                is_start = self.rule.first_day_counts and not lines
                lines.append(_counted(day, number, self.term.unit, is_start=is_start))
            number += 1 if lines[-1].mark in (Mark.START_DAY, Mark.COUNTED) else 0
            day += DAY
        return [*lines, *self._rolled_over(lines[-1].on)]

    def _skipped(self, day: date, number: int) -> TraceLine | None:
        if any(since <= day < until for since, until in self.pauses):
            return TraceLine(day, False, Mark.STOPPED, STOPPED)
        if number == 0:
            return TraceLine(day, False, Mark.START_DAY, START_DAY)
        return self._off(day) if self.term.unit is Unit.WORKING_DAY else None

    def _off(self, day: date) -> TraceLine | None:
        holiday = self.calendar.days.get(day)
        if holiday:
            mark, said = _MARK_OF[holiday.kind], _NAME_OF[holiday.kind]
            reason = Text(f"{said.id}: {holiday.name}", f"{said.en}: {holiday.name}")
            return TraceLine(day, False, mark, reason)
        if is_weekend(day):
            return TraceLine(day, False, Mark.WEEKEND, _WEEKEND[day.isoweekday()])
        return None

    def _rolled_over(self, last: date) -> list[TraceLine]:
        if self.rule.roll_over is RollOver.NONE or self.calendar.is_working_day(last):
            return []
        lines = []
        day = last + DAY
        while off := self._off(day):
            lines.append(off)
            day += DAY
        return [*lines, TraceLine(day, False, Mark.ROLLED_OVER, ROLLED_OVER)]


START_DAY: Final = Text("Hari mulai, tidak dihitung", "Starting day, not counted")
STOPPED: Final = Text("Jangka waktu berhenti", "The clock stood still")
ROLLED_OVER: Final = Text(
    "Hari terakhir bukan hari kerja, bergeser ke hari kerja berikutnya",
    "The last day was no working day and moved to the next one",
)
_MARK_OF: Final = {
    HolidayKind.NATIONAL_HOLIDAY: Mark.NATIONAL_HOLIDAY,
    HolidayKind.JOINT_LEAVE: Mark.JOINT_LEAVE,
}
_NAME_OF: Final = {
    HolidayKind.NATIONAL_HOLIDAY: Text("Hari libur nasional", "National holiday"),
    HolidayKind.JOINT_LEAVE: Text("Cuti bersama", "Joint leave"),
}
_WEEKEND: Final = {
    6: Text("Akhir pekan: Sabtu", "Weekend: Saturday"),
    7: Text("Akhir pekan: Minggu", "Weekend: Sunday"),
}
_UNIT: Final = {
    Unit.CALENDAR_DAY: Text("Hari kalender ke-", "Calendar day "),
    Unit.WORKING_DAY: Text("Hari kerja ke-", "Working day "),
}


def _counted(day: date, number: int, unit: Unit, *, is_start: bool) -> TraceLine:
    said = _UNIT[unit]
    reason = Text(f"{said.id}{number}", f"{said.en}{number}")
    if is_start:
        reason = Text("Hari mulai, dihitung sebagai hari ke-1", "Starting day, counted as day 1")
    return TraceLine(day, True, Mark.COUNTED, reason)
