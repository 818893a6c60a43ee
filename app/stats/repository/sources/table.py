"""Where the things of each unit come from, and which of them an act touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.models.cases import Case, CasePerson
from app.circulars.models import Circular
from app.clocks.models import DeadlineClock
from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Kind
from app.consultations.models.questions import Consultation
from app.declarations.models.declarations import Declaration
from app.rakor.models.events import Event
from app.referrals.models.following import Ruling
from app.referrals.models.referrals import Referral
from app.stats.repository.sources import following, intake, prevention, procedure
from app.stats.repository.sources.shape import Among
from app.stats.rules.units import BROUGHT, Unit


@dataclass(frozen=True)
class Source:
    """`rows` answers the facts of some things, `touched` names those that acts may have changed;
    `ids` are the keys of all that there are, counted or not."""

    rows: Callable[[Among], Select[Any]]
    touched: Callable[[], Select[Any]]
    ids: tuple[InstrumentedAttribute[UUID], ...]


def _complaints(*kinds: Kind) -> Source:
    def rows(among: Among) -> Select[Any]:
        return intake.complaints(among, *kinds)

    return Source(rows, intake.complaints_touched, (Complaint.id,))


SOURCES: Final[Mapping[Unit, Source]] = {
    Unit.COMPLAINT: _complaints(*BROUGHT),
    Unit.REPORT: _complaints(Kind.REPORT),
    Unit.INITIAL_INFORMATION: _complaints(Kind.INITIAL_INFORMATION),
    Unit.FINDING: _complaints(Kind.FINDING),
    Unit.CASE: Source(procedure.cases, procedure.cases_touched, (Case.id,)),
    Unit.PERSON: Source(procedure.persons, procedure.persons_touched, (CasePerson.id,)),
    Unit.REFERRAL: Source(following.referrals, following.referrals_touched, (Referral.id,)),
    Unit.SANCTION: Source(following.sanctions, following.sanctions_touched, (Ruling.id,)),
    Unit.DEADLINE: Source(intake.deadlines, intake.deadlines_touched, (DeadlineClock.id,)),
    Unit.STEP: Source(following.steps, following.steps_touched, (Case.id, Referral.id)),
    Unit.DECLARATION: Source(
        prevention.declarations, prevention.declarations_touched, (Declaration.id,)
    ),
    Unit.EVENT: Source(prevention.events, prevention.events_touched, (Event.id,)),
    Unit.ATTENDANCE: Source(prevention.attendance, prevention.attendance_touched, (Event.id,)),
    Unit.CIRCULAR: Source(prevention.circulars, prevention.circulars_touched, (Circular.id,)),
    Unit.CONSULTATION: Source(
        prevention.consultations, prevention.consultations_touched, (Consultation.id,)
    ),
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

ONLY_LOOKED: Final = r"\.(read|read_\w+|\w+_read|compared|exported)$"
"""Acts whose names end so change nothing that is counted, and are the most of a busy desk."""


def kind_of(action: str) -> str:
    return action.split(".", 1)[0]
