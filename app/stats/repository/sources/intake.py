"""What comes in: complaints, by their kinds, and the deadlines of all that has one."""

from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from app.cases.models.cases import Case, CaseReport
from app.cases.models.custody import TransferOffer
from app.clocks.models import DeadlineClock
from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Kind
from app.referrals.models.referrals import Referral
from app.stats.repository.sources.shape import (
    Among,
    all_of,
    is_touched,
    known,
    local_day,
    one,
    row,
)
from app.stats.rules.steps import DeadlineOutcome
from app.stats.rules.units import COUNTED_COMPLAINTS

_REFERRED: Final = aliased(Case)
_OFFERED: Final = aliased(Case)
_SUBJECTS: Final = (Case, Complaint, _REFERRED, _OFFERED)
"""What a clock is about, or the case of it: each tells the election."""


def complaints(among: Among, *kinds: Kind) -> Select[Any]:
    rows = row(
        Complaint.id,
        Complaint.region_code,
        local_day(Complaint.submitted_at),
        Complaint.election_code,
        status=Complaint.status,
        channel=Complaint.channel,
        kind=one(Complaint.kind),
    )
    counted = Complaint.status.in_(COUNTED_COMPLAINTS), Complaint.kind.in_(kinds)
    return rows.where(among(Complaint.id), *counted)


def complaints_touched() -> Select[Any]:
    own = select(Complaint.id).where(is_touched(Complaint.id))
    handled = select(CaseReport.complaint_id).where(is_touched(CaseReport.case_id))
    return all_of(own, handled)


def deadlines(among: Among) -> Select[Any]:
    """Each clock, in the election of what it is about."""
    ended = case(
        (DeadlineClock.outcome.is_(None), DeadlineOutcome.RUNNING.value),
        else_=known(DeadlineClock.outcome),
    )
    rows = row(
        DeadlineClock.id,
        DeadlineClock.region_code,
        local_day(DeadlineClock.started_at),
        func.coalesce(*(each.election_code for each in _SUBJECTS)),
        kind=one(DeadlineClock.step),
        outcome=ended,
    )
    return _with_subjects(rows).where(among(DeadlineClock.id))


def _with_subjects(clocks: Select[Any]) -> Select[Any]:
    """Beside each clock the one thing that it is about."""
    subject = DeadlineClock.subject_id
    return (
        clocks.select_from(DeadlineClock)
        .outerjoin(Case, Case.id == subject)
        .outerjoin(Complaint, Complaint.id == subject)
        .outerjoin(Referral, Referral.id == subject)
        .outerjoin(_REFERRED, _REFERRED.id == Referral.case_id)
        .outerjoin(TransferOffer, TransferOffer.id == subject)
        .outerjoin(_OFFERED, _OFFERED.id == TransferOffer.case_id)
    )


def deadlines_touched() -> Select[Any]:
    """An offer to hand a case over has a clock, but its acts are acts on the case."""
    offers = select(TransferOffer.id).where(is_touched(TransferOffer.case_id))
    subject = DeadlineClock.subject_id
    return all_of(
        select(DeadlineClock.id).where(is_touched(subject)),
        select(DeadlineClock.id).where(subject.in_(offers)),
    )
