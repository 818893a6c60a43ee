"""A clock that runs on a case: who must act, what it is counted from, what may be done to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.clocks.rules.counting import Due, Pause
from app.clocks.rules.norms import DeadlineRule, StopReason
from app.core.errors import Conflict
from app.core.texts import Text


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Cause(StrEnum):
    """Why a clock got the due date that it has or had."""

    STARTED = "started"
    RESUMED = "resumed"
    EXTENDED = "extended"
    MOVED = "moved"
    RECOUNTED = "recounted"


class ClockEnded(Conflict):
    """What has ended runs no more, and neither stops nor ends again."""

    code = "clock-ended"
    text = Text("Jangka waktu ini sudah berakhir.", "This clock has ended.")


class NotStoppable(Conflict):
    """The rule names what may stop the clock, and this is not it."""

    code = "not-stoppable"
    text = Text(
        "Jangka waktu ini tidak dapat dihentikan dengan alasan ini.",
        "This clock does not stop for this reason.",
    )


class AlreadyStopped(Conflict):
    code = "already-stopped"
    text = Text("Jangka waktu ini sudah berhenti.", "This clock stands still already.")


class NotStopped(Conflict):
    code = "not-stopped"
    text = Text("Jangka waktu ini sedang berjalan.", "This clock is running.")


class NotExtendable(Conflict):
    """The law as we hold it gives this step no extension."""

    code = "not-extendable"
    text = Text("Jangka waktu ini tidak dapat diperpanjang.", "This clock cannot be extended.")


class AlreadyExtended(Conflict):
    code = "already-extended"
    text = Text(
        "Jangka waktu ini sudah diperpanjang; hanya boleh satu kali.",
        "This clock was extended before, and may be only once.",
    )


class ClockLapsed(Conflict):
    """What was missed is not made up for by more time."""

    code = "clock-lapsed"
    text = Text("Jangka waktu ini sudah habis.", "The time of this clock is over.")


@dataclass(frozen=True)
class Desk:
    """The office that must act, and the zone in which its days are counted."""

    office_id: UUID
    time_zone: str


@dataclass(frozen=True)
class Course:
    """All that a due date is counted from, apart from the law."""

    rule_code: str
    started_at: datetime
    time_zone: str
    region_code: str
    extended: bool = False
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class Counted:
    """A due date that a clock has or had: since when, why, and the count that gave it."""

    at: datetime
    cause: Cause
    due: Due


@dataclass(frozen=True)
class Explained:
    """Why a clock is due when it is, and every due date that it had before, oldest first."""

    present: Counted
    older: tuple[Counted, ...]


@dataclass(frozen=True)
class State:
    """What has been done to a clock."""

    is_stopped: bool
    is_extended: bool
    has_ended: bool


def check_stop(rule: DeadlineRule, state: State, reason: StopReason) -> None:
    """Refuse to stop what has ended, stands still, or does not stop for this reason."""
    check_runs_on(state)
    if state.is_stopped:
        raise AlreadyStopped
    if rule.stops_on is not reason:
        raise NotStoppable


def check_resumption(state: State) -> None:
    check_runs_on(state)
    if not state.is_stopped:
        raise NotStopped


def check_extension(rule: DeadlineRule, state: State) -> None:
    """Refuse a second extension, and one that the law does not give."""
    check_runs_on(state)
    if state.is_extended:
        raise AlreadyExtended
    if not rule.can_be_extended:
        raise NotExtendable


def check_runs_on(state: State) -> None:
    if state.has_ended:
        raise ClockEnded


def outcome_at(moment: datetime, stopped_at: datetime | None, due_at: datetime) -> Outcome:
    """Whether a step was in time; of a clock that stands still, the time has stood still too."""
    return Outcome.MET if min(moment, stopped_at or moment) < due_at else Outcome.MISSED


def outcome_given_up(moment: datetime, stopped_at: datetime | None, due_at: datetime) -> Outcome:
    """What a step becomes that need not be done any more: whoever was late by then, was late."""
    is_late = outcome_at(moment, stopped_at, due_at) is Outcome.MISSED
    return Outcome.MISSED if is_late else Outcome.CANCELLED


def check_not_lapsed(moment: datetime, stopped_at: datetime | None, due_at: datetime) -> None:
    """Refuse to lengthen a time that is over."""
    if outcome_at(moment, stopped_at, due_at) is Outcome.MISSED:
        raise ClockLapsed
