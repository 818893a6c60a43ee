"""What the steps of one case depend on, read in one statement."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CaseReport, RequirementCheck
from app.cases.models.custody import TransferOffer
from app.cases.models.handling import CaseDocument, Clarification, DecidedCategory, Plenary
from app.cases.rules.documents import DocumentKind
from app.clocks.models import DeadlineClock, StoredRule
from app.clocks.rules.norms import Step
from app.complaints.models.complaints import Complaint
from app.complaints.rules.procedure import Kind
from app.offices.models import Office


class Facts(NamedTuple):
    """Counts and marks, without a word about any person."""

    holder_region: str
    reports: int
    withdrawn: int
    checks: Mapping[str, bool] | None
    waiting_clarifications: int
    offered_to: UUID | None
    categories: int
    marks: Mapping[str, bool]


class FactRepository:
    """Of a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, case: Case, now: datetime) -> Facts:
        return Facts(*(await self.session.execute(_facts(case, now))).one())


def _facts(
    case: Case, now: datetime
) -> Select[str, int, int, Mapping[str, bool] | None, int, UUID | None, int, Mapping[str, bool]]:
    present = select(func.count()).where(*_present(case))
    return select(
        Office.region_code,
        present.scalar_subquery(),
        present.where(CaseReport.withdrawn_at.is_not(None)).scalar_subquery(),
        _checks(case),
        _waiting(case),
        _offered_to(case),
        select(func.count()).where(DecidedCategory.case_id == case.id).scalar_subquery(),
        func.jsonb_build_object(
            *("was_asked", _was_asked(case)),
            *("was_adopted", exists().where(Plenary.case_id == case.id, Plenary.result.is_(None))),
            *("was_notified", _was_told(case, DocumentKind.STATUS_NOTICE)),
            *("was_announced", _was_told(case, DocumentKind.ANNOUNCEMENT)),
            *("is_extendable", _is_extendable(case, now)),
        ),
    ).where(Office.id == case.office_id)


def _present(case: Case) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CaseReport.case_id == case.id, CaseReport.separated_at.is_(None)


def _checks(case: Case) -> ScalarSelect[Mapping[str, bool] | None]:
    found = func.jsonb_object_agg(RequirementCheck.requirement, RequirementCheck.is_met)
    return select(found).where(RequirementCheck.case_id == case.id).scalar_subquery()


def _waiting(case: Case) -> ScalarSelect[int]:
    waiting = select(func.count()).where(
        Clarification.case_id == case.id, Clarification.attended.is_(None)
    )
    return waiting.scalar_subquery()


def _offered_to(case: Case) -> ScalarSelect[UUID]:
    """Of a case, no more than one offer waits for its answer."""
    offered = select(TransferOffer.to_office_id).where(
        TransferOffer.case_id == case.id, TransferOffer.answered_at.is_(None)
    )
    return offered.scalar_subquery()


def _was_asked(case: Case) -> ColumnElement[bool]:
    """Whether every reporter who has not withdrawn was told what is missing; whoever joined later
    was not."""
    asked_at = _last_paper(case, DocumentKind.COMPLETION_NOTICE)
    joined_later = exists().where(
        *_present(case),
        CaseReport.withdrawn_at.is_(None),
        CaseReport.joined_at > asked_at,
        Complaint.id == CaseReport.complaint_id,
        Complaint.kind == Kind.REPORT,
    )
    return and_(asked_at.is_not(None), ~joined_later)


def _was_told(case: Case, kind: DocumentKind) -> ColumnElement[bool]:
    """Whether there is such a paper of what was decided last: a refusal, or by a plenary."""
    decided = select(func.max(Plenary.recorded_at)).where(
        Plenary.case_id == case.id, Plenary.result.is_not(None)
    )
    refused_at = _last_paper(case, DocumentKind.REFUSAL)
    settled_at = func.greatest(refused_at, decided.scalar_subquery())
    return func.coalesce(_last_paper(case, kind) >= settled_at, False)


def _last_paper(case: Case, kind: DocumentKind) -> ScalarSelect[datetime]:
    written = select(func.max(CaseDocument.written_at)).where(
        CaseDocument.case_id == case.id, CaseDocument.kind == kind
    )
    return written.scalar_subquery()


def _is_extendable(case: Case, now: datetime) -> ColumnElement[bool]:
    """Whether the handling runs, was never extended, has not lapsed, and its rule allows it."""
    return exists().where(
        DeadlineClock.subject_id == case.id,
        DeadlineClock.step == Step.HANDLING,
        DeadlineClock.ended_at.is_(None),
        DeadlineClock.extended_at.is_(None),
        or_(DeadlineClock.stopped_at.is_not(None), DeadlineClock.due_at > now),
        StoredRule.code == DeadlineClock.rule_code,
        StoredRule.version == DeadlineClock.rule_version,
        StoredRule.extended_amount.is_not(None),
    )
