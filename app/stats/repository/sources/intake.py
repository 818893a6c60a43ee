"""What comes in: complaints, by their kinds, and the deadlines of all that has one."""

from typing import Any

from sqlalchemy import Select, case, func, or_, select

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
    referred = select(Case.election_code).join(Referral, Referral.case_id == Case.id)
    offered = select(Case.election_code).join(TransferOffer, TransferOffer.case_id == Case.id)
    election = func.coalesce(
        select(Case.election_code).where(Case.id == DeadlineClock.subject_id).scalar_subquery(),
        select(Complaint.election_code)
        .where(Complaint.id == DeadlineClock.subject_id)
        .scalar_subquery(),
        referred.where(Referral.id == DeadlineClock.subject_id).scalar_subquery(),
        offered.where(TransferOffer.id == DeadlineClock.subject_id).scalar_subquery(),
    )
    ended = case(
        (DeadlineClock.outcome.is_(None), DeadlineOutcome.RUNNING.value),
        else_=known(DeadlineClock.outcome),
    )
    rows = row(
        DeadlineClock.id,
        DeadlineClock.region_code,
        local_day(DeadlineClock.started_at),
        election,
        kind=one(DeadlineClock.step),
        outcome=ended,
    )
    return rows.where(among(DeadlineClock.id))


def deadlines_touched() -> Select[Any]:
    """An offer to hand a case over has a clock, but its acts are acts on the case."""
    offers = select(TransferOffer.id).where(is_touched(TransferOffer.case_id))
    subject = DeadlineClock.subject_id
    return select(DeadlineClock.id).where(or_(is_touched(subject), subject.in_(offers)))
