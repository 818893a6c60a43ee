from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson, CaseReport
from app.cases.models.violations import StoredViolationKind
from app.complaints.models.complaints import Complaint


class FactsRepository:
    """What a dossier is made of, of a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def persons(self, case: Case, ids: Collection[UUID]) -> Sequence[CasePerson]:
        query = select(CasePerson).where(CasePerson.case_id == case.id, CasePerson.id.in_(ids))
        return (await self.session.scalars(query.order_by(CasePerson.id))).all()

    async def violation_kinds(
        self, codes: Collection[str], on: date
    ) -> Sequence[StoredViolationKind]:
        """The versions of these kinds that were in force on a day, by code."""
        kind = StoredViolationKind
        query = select(kind).where(
            kind.code.in_(codes),
            kind.valid_from <= on,
            or_(kind.valid_to.is_(None), kind.valid_to >= on),
        )
        return (await self.session.scalars(query.order_by(kind.code, kind.version))).all()

    async def complaints(self, case: Case) -> Sequence[Complaint]:
        """The reports of the case, the first one first."""
        query = select(Complaint).join(CaseReport, CaseReport.complaint_id == Complaint.id)
        present = query.where(CaseReport.case_id == case.id, CaseReport.separated_at.is_(None))
        return (
            await self.session.scalars(present.order_by(Complaint.submitted_at, Complaint.id))
        ).all()
