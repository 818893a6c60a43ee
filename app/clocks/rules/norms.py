"""What the law says of time, as rows: how long each step may take, and how that is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from app.elections.rules import Regime


class Step(StrEnum):
    """What has to happen in time."""

    FILE_REPORT = "file_report"
    ISSUE_RECEIPT = "issue_receipt"
    INITIAL_REVIEW = "initial_review"
    COMPLETION = "completion"
    REGISTRATION = "registration"
    HANDLING = "handling"
    TRACING = "tracing"
    TRANSFER_ANSWER = "transfer_answer"
    STATUS_NOTICE = "status_notice"
    ANNOUNCEMENT = "announcement"
    FORWARDING = "forwarding"
    FIRST_DISCUSSION = "first_discussion"
    SECOND_DISCUSSION = "second_discussion"
    INVESTIGATION = "investigation"
    PROSECUTOR_RETURN = "prosecutor_return"
    POLICE_RESUBMISSION = "police_resubmission"
    SUBMISSION_TO_COURT = "submission_to_court"
    VERDICT = "verdict"
    APPEAL = "appeal"
    APPEAL_VERDICT = "appeal_verdict"
    JOINT_VERIFICATION = "joint_verification"
    BAWASLU_VALIDATION = "bawaslu_validation"
    STAFFING_AUTHORITY_RESPONSE = "staffing_authority_response"


class StartEvent(StrEnum):
    """What makes a clock start."""

    KNOWN = "known"
    RECEIVED = "received"
    COMPLETENESS_NOTIFIED = "completeness_notified"
    COMPLETED = "completed"
    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    DECIDED = "decided"
    FORWARDED = "forwarded"
    ACKNOWLEDGED = "acknowledged"
    ENTERED_IN_SBT = "entered_in_sbt"
    VERIFIED = "verified"
    INVESTIGATION_ORDERED = "investigation_ordered"
    FILE_SUBMITTED = "file_submitted"
    FILE_RETURNED = "file_returned"
    FILE_COMPLETE = "file_complete"
    SUBMITTED_TO_COURT = "submitted_to_court"
    VERDICT_GIVEN = "verdict_given"
    APPEALED = "appealed"


class Unit(StrEnum):
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"


class RollOver(StrEnum):
    """What happens where the last day is no working day."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


class StopReason(StrEnum):
    """What may stop a clock that runs."""

    WAITING_FOR_REPORTER = "waiting_for_reporter"


class OnTransfer(StrEnum):
    """What a hand-over to another office does to a clock that runs."""

    CONTINUE = "continue"
    RESTART = "restart"


class Breach(StrEnum):
    """What follows where the time has run out."""

    NOT_REGISTERED = "not_registered"
    RIGHT_LAPSES = "right_lapses"
    OFFER_LAPSES = "offer_lapses"
    CONTROL_ACTION = "control_action"
    ESCALATION = "escalation"
    UNSETTLED = "unsettled"


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


class Term(NamedTuple):
    """So much time."""

    amount: int
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class DeadlineRule(Norm):
    """How long one step may take, and how that time is counted.

    `extended_amount` is the whole time after the one extension, from the same start; without it
    there is none. `stops_on` is the one thing that stops the clock, if any does.
    """

    step: Step
    amount: int
    unit: Unit
    start_event: StartEvent
    first_day_counts: bool
    end_of_day: bool
    roll_over: RollOver = RollOver.NONE
    stops_on: StopReason | None = None
    extended_amount: int | None = None
    extended_unit: Unit | None = None
    on_transfer: OnTransfer = OnTransfer.CONTINUE
    breach: Breach = Breach.UNSETTLED

    def __post_init__(self) -> None:
        for wrong, why in _OBJECTIONS:
            if wrong(self):
                raise ValueError(why)

    @property
    def can_be_extended(self) -> bool:
        return self.extended_amount is not None

    def term(self, *, extended: bool) -> Term:
        """The time that it gives in all, before or after the extension."""
        if extended and self.extended_amount is not None and self.extended_unit is not None:
            return Term(self.extended_amount, self.extended_unit)
        return Term(self.amount, self.unit)


def _is_shorter(rule: DeadlineRule) -> bool:
    alike = rule.extended_unit is rule.unit
    return alike and rule.extended_amount is not None and rule.extended_amount <= rule.amount


def _mixes_hours(rule: DeadlineRule) -> bool:
    units = {rule.unit, rule.extended_unit or rule.unit}
    return Unit.HOUR in units and len(units) > 1


def _is_moment_of_working_day(rule: DeadlineRule) -> bool:
    return not rule.end_of_day and Unit.WORKING_DAY in (rule.unit, rule.extended_unit)


def _is_moment_of_day(rule: DeadlineRule) -> bool:
    return not rule.end_of_day and rule.unit is not Unit.HOUR


_OBJECTIONS = (
    (lambda rule: rule.amount < 1, "a deadline is at least one hour or day long"),
    (
        lambda rule: rule.end_of_day and rule.unit is Unit.HOUR,
        "hours run out to the minute, not at the end of the day",
    ),
    (
        lambda rule: rule.first_day_counts and not rule.end_of_day,
        "a first day counts only where the last one counts to its end",
    ),
    (_is_moment_of_working_day, "working days count to the end of the last one"),
    (
        lambda rule: rule.roll_over is not RollOver.NONE and not rule.end_of_day,
        "only a last day that counts to its end moves to the next working day",
    ),
    (
        lambda rule: rule.stops_on is not None and _is_moment_of_day(rule),
        "days can stop only where the last one counts to its end",
    ),
    (
        lambda rule: (rule.extended_amount is None) is not (rule.extended_unit is None),
        "an extension has an amount and a unit",
    ),
    (_mixes_hours, "hours are extended by hours, and days by days"),
    (_is_shorter, "an extension gives more time than there was"),
)

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
