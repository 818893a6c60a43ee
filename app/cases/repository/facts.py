"""What the steps of one case depend on, read in one statement."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CaseReport, RequirementCheck
from app.cases.models.custody import TransferOffer
from app.cases.models.handling import Clarification, DecidedCategory
from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.offices.models import Office


class Facts(NamedTuple):
    """Counts and marks, without a word about any person."""

    holder_region: str
    reports: int
    withdrawn: int
    checks: Mapping[str, bool] | None
    waiting_clarifications: int
    offered_to: UUID | None
    extendable_clocks: int
    categories: int


class FactRepository:
    """Of a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, case: Case) -> Facts:
        return Facts(*(await self.session.execute(_facts(case))).one())


def _facts(
    case: Case,
) -> Select[str, int, int, Mapping[str, bool] | None, int, UUID | None, int, int]:
    present = select(func.count()).where(
        CaseReport.case_id == case.id, CaseReport.separated_at.is_(None)
    )
    checks = select(
        func.jsonb_object_agg(RequirementCheck.requirement, RequirementCheck.is_met)
    ).where(RequirementCheck.case_id == case.id)
    waiting = select(func.count()).where(
        Clarification.case_id == case.id, Clarification.attended.is_(None)
    )
    # Of a case, no more than one offer waits for its answer.
    offered_to = select(TransferOffer.to_office_id).where(
        TransferOffer.case_id == case.id, TransferOffer.answered_at.is_(None)
    )
    handling = select(func.count()).where(
        DeadlineClock.subject_id == case.id,
        DeadlineClock.step == Step.HANDLING,
        DeadlineClock.ended_at.is_(None),
        DeadlineClock.extended_at.is_(None),
    )
    categories = select(func.count()).where(DecidedCategory.case_id == case.id)
    return select(
        Office.region_code,
        present.scalar_subquery(),
        present.where(CaseReport.withdrawn_at.is_not(None)).scalar_subquery(),
        checks.scalar_subquery(),
        waiting.scalar_subquery(),
        offered_to.scalar_subquery(),
        handling.scalar_subquery(),
        categories.scalar_subquery(),
    ).where(Office.id == case.office_id)
