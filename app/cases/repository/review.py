from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CaseReport, RequirementCheck
from app.cases.models.handling import CaseDocument, Plenary
from app.cases.rules.documents import DocumentKind
from app.cases.rules.requirements import Requirement
from app.complaints.models.complaints import Complaint


class ReviewRepository:
    """What was checked of cases that whoever asks was shown to see, and the papers of that."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: RequirementCheck | CaseDocument | Plenary) -> None:
        self.session.add(row)

    async def checks(self, case: Case) -> Mapping[Requirement, RequirementCheck]:
        query = select(RequirementCheck).where(RequirementCheck.case_id == case.id)
        return {each.requirement: each for each in await self.session.scalars(query)}

    async def last_paper(self, case: Case, kind: DocumentKind) -> CaseDocument | None:
        """Of this kind, the one that was written last."""
        query = select(CaseDocument).where(
            CaseDocument.case_id == case.id, CaseDocument.kind == kind
        )
        newest = query.order_by(CaseDocument.written_at.desc(), CaseDocument.id.desc())
        return await self.session.scalar(newest.limit(1))

    async def asked_before(self, case: Case) -> set[UUID]:
        """The reports that were in the case when a letter said what is missing."""
        letter = select(func.max(CaseDocument.written_at)).where(
            CaseDocument.case_id == case.id, CaseDocument.kind == DocumentKind.COMPLETION_NOTICE
        )
        query = select(CaseReport.complaint_id).where(
            CaseReport.case_id == case.id,
            CaseReport.separated_at.is_(None),
            CaseReport.joined_at <= letter.scalar_subquery(),
        )
        return set(await self.session.scalars(query))

    async def is_late(self, case: Case) -> bool:
        """Whether one of its reports, or the finding, was known for longer than the law allows."""
        query = select(func.count()).where(
            CaseReport.case_id == case.id,
            CaseReport.separated_at.is_(None),
            Complaint.id == CaseReport.complaint_id,
            Complaint.filed_late,
        )
        return bool(await self.session.scalar(query))
