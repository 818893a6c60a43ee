"""What a stored clock is, in the words of the rules."""

from collections.abc import Sequence
from datetime import datetime

from app.clocks.models import ClockDue, ClockPause, DeadlineClock
from app.clocks.rules.counting import Pause
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule
from app.clocks.rules.running import Counted, Course, State


def course_of(clock: DeadlineClock, pauses: tuple[Pause, ...]) -> Course:
    return Course(
        clock.rule_code,
        clock.started_at,
        clock.time_zone,
        clock.region_code,
        clock.extended_at is not None,
        pauses,
    )


def state_of(clock: DeadlineClock) -> State:
    return State(
        is_stopped=clock.stopped_at is not None,
        is_extended=clock.extended_at is not None,
        has_ended=clock.ended_at is not None,
    )


def closed_pauses(pauses: Sequence[ClockPause], by: datetime | None = None) -> tuple[Pause, ...]:
    """The pauses that are over; with `by`, those that were over at that moment."""
    return tuple(
        Pause(each.since, each.until)
        for each in pauses
        if each.until is not None and (by is None or each.until <= by)
    )


def rule_of(law: Law, clock: DeadlineClock) -> DeadlineRule:
    return law.version(clock.rule_code, clock.rule_version)


def counted(law: Law, clock: DeadlineClock, due: ClockDue, pauses: Sequence[ClockPause]) -> Counted:
    course = Course(
        clock.rule_code,
        due.started_at,
        due.time_zone,
        due.region_code,
        due.extended,
        closed_pauses(pauses, due.at),
    )
    rule = law.version(clock.rule_code, due.rule_version)
    return Counted(due.at, due.cause, law.count(rule, course, due.calendar_revision))
