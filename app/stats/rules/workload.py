"""How many officers keep the legal clocks: what falls due in a window must be done within it.

A case brings work of so many hours at each step, and each step has its days. Whatever arrives in a
window of that length is due at most that much later, so the officers keep every clock if in each
window, of one step or of the whole procedure, they have the hours for all that arrives in it (the
demand bound of tasks with deadlines). Reckoned is the upper end of the 90 % band of a week: in 95
of 100 weeks no window asks for more; short windows, of which a week has several, share the rest.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.clocks.rules.norms import DeadlineRule, Step, Term, Unit
from app.core.texts import Text
from app.stats.rules.delays import Exposure
from app.stats.rules.forecast import Fit, outlook
from app.stats.rules.negbin import Predictive

_BUSIER: Final = 0.05
"""So many weeks lie above the 90 % band."""
WEEK: Final = 7
_WORKING_DAYS: Final = 5.0
_HOURS: Final = 24.0

Arriving = tuple[str, Exposure]
"""A place, and what of its season is recorded in a week."""


@dataclass(frozen=True)
class Labour:
    """So many hours, and why we think so."""

    hours: float
    assumption: Text


@dataclass(frozen=True)
class Workload:
    """The hours that each step of a case takes, and those that an officer has in a calendar day."""

    steps: Mapping[Step, Labour]
    officer_day: Labour


@dataclass(frozen=True)
class Duty:
    """One step: its hours, its legal days (calendar days, before any extension), its rule."""

    step: Step
    hours: float
    days: float
    extended_days: float | None
    rule: str
    source: str
    assumption: Text


@dataclass(frozen=True)
class Load:
    """What a week brings to an office, and who is needed for it.

    `bound_by` is the step whose days are the tightest; None where the whole procedure is.
    """

    arriving: Predictive
    hours: float
    officers: int
    officers_extended: int
    bound_by: Step | None


def duty_of(step: Step, labour: Labour, rule: DeadlineRule) -> Duty:
    """The days come from the law in force, not from us."""
    extended = calendar_days(rule.term(extended=True)) if rule.can_be_extended else None
    return Duty(
        step,
        labour.hours,
        calendar_days(rule.term(extended=False)),
        extended,
        f"{rule.code}/{rule.version}",
        rule.source,
        labour.assumption,
    )


def calendar_days(term: Term) -> float:
    if term.unit is Unit.WORKING_DAY:
        return term.amount * WEEK / _WORKING_DAYS
    return term.amount / _HOURS if term.unit is Unit.HOUR else float(term.amount)


def load_of(
    fit: Fit,
    arriving: Sequence[Arriving],
    duties: Sequence[Duty],
    officer_day: float,
    days: int = WEEK,
) -> Load:
    """What arrives in a week, by place, and how many officers keep all its clocks.

    Of a week that has begun only the days left still bring something: as fast as if it were whole.
    """
    week = outlook(fit, arriving).predictive()
    hours = sum(duty.hours for duty in duties)
    plain = [(duty.days, duty.hours / officer_day, duty.step) for duty in duties]
    longer = [
        (duty.extended_days or duty.days, duty.hours / officer_day, duty.step) for duty in duties
    ]
    pace = [(code, each.scaled(WEEK / days)) for code, each in arriving]
    officers, bound_by = _needed(fit, pace, plain)
    extended, _ = _needed(fit, pace, longer)
    # Who keeps the clocks without an extension keeps them with it too.
    return Load(week, week.mean * hours, officers, min(officers, extended), bound_by)


def _needed(
    fit: Fit, arriving: Sequence[Arriving], steps: Sequence[tuple[float, float, Step]]
) -> tuple[int, Step | None]:
    """The officers whom the tightest window needs, be it of one step or of all together."""
    whole = (sum(each[0] for each in steps), sum(each[1] for each in steps), None)
    needed = [
        (math.ceil(_most(fit, arriving, days) * work / days), step)
        for days, work, step in [whole, *steps]
        if days > 0
    ]
    return max(needed, key=lambda each: each[0], default=(0, None))


def _most(fit: Fit, arriving: Sequence[Arriving], days: float) -> int:
    """What arrives at most in a window of so many days."""
    part = days / WEEK
    within = outlook(fit, ((code, each.scaled(part)) for code, each in arriving)).predictive()
    level = 1.0 - _BUSIER * min(part, 1.0)
    return within.quantiles([level])[level]
