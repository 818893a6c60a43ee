"""Where the things of each unit come from, and which of them an act touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select

from app.complaints.rules.procedure import Kind
from app.stats.repository.sources import following, intake, prevention, procedure
from app.stats.repository.sources.shape import Among
from app.stats.rules.units import BROUGHT, Unit


@dataclass(frozen=True)
class Source:
    """`rows` answers the facts of some things, `touched` names those that acts may have changed."""

    rows: Callable[[Among], Select[Any]]
    touched: Callable[[], Select[Any]]


def _complaints(*kinds: Kind) -> Source:
    def rows(among: Among) -> Select[Any]:
        return intake.complaints(among, *kinds)

    return Source(rows, intake.complaints_touched)


SOURCES: Final[Mapping[Unit, Source]] = {
    Unit.COMPLAINT: _complaints(*BROUGHT),
    Unit.REPORT: _complaints(Kind.REPORT),
    Unit.INITIAL_INFORMATION: _complaints(Kind.INITIAL_INFORMATION),
    Unit.FINDING: _complaints(Kind.FINDING),
    Unit.CASE: Source(procedure.cases, procedure.cases_touched),
    Unit.PERSON: Source(procedure.persons, procedure.persons_touched),
    Unit.REFERRAL: Source(following.referrals, following.referrals_touched),
    Unit.SANCTION: Source(following.sanctions, following.sanctions_touched),
    Unit.DEADLINE: Source(intake.deadlines, intake.deadlines_touched),
    Unit.STEP: Source(following.steps, following.steps_touched),
    Unit.DECLARATION: Source(prevention.declarations, prevention.declarations_touched),
    Unit.EVENT: Source(prevention.events, prevention.events_touched),
    Unit.ATTENDANCE: Source(prevention.attendance, prevention.attendance_touched),
    Unit.CIRCULAR: Source(prevention.circulars, prevention.circulars_touched),
    Unit.CONSULTATION: Source(prevention.consultations, prevention.consultations_touched),
}
"""All but signatures, of which there are millions: they are counted by the leaves of the log."""

_PROCEDURE: Final = (Unit.CASE, Unit.PERSON, Unit.REFERRAL, Unit.SANCTION, Unit.STEP)
_INTAKE: Final = (Unit.COMPLAINT, Unit.REPORT, Unit.INITIAL_INFORMATION, Unit.FINDING)

MOVED_BY: Final[Mapping[str, tuple[Unit, ...]]] = {
    "complaint": (*_INTAKE, Unit.DEADLINE),
    "case": (*_INTAKE, *_PROCEDURE, Unit.DEADLINE),
    "referral": (*_PROCEDURE, Unit.DEADLINE),
    "clocks": (Unit.DEADLINE,),
    "declaration": (Unit.DECLARATION,),
    "event": (Unit.EVENT, Unit.ATTENDANCE),
    "check_in": (Unit.ATTENDANCE,),
    "check_ins": (Unit.ATTENDANCE,),
    "circular": (Unit.CIRCULAR,),
    "consultation": (Unit.CONSULTATION,),
}
"""Which units an act can move, by the first word of its name."""


def kind_of(action: str) -> str:
    return action.split(".", 1)[0]
