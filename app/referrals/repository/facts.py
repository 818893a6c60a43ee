from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson, CaseReport
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.models.violations import StoredViolationKind
from app.complaints.models.complaints import Complaint, ComplaintPerson


class FactsRepository:
    """What a dossier is made of, of a case that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def decision(self, case: Case) -> Plenary | None:
        """The plenary that decided the case; the last one, should there be several."""
        query = select(Plenary).where(Plenary.case_id == case.id, Plenary.result.is_not(None))
        last = query.order_by(Plenary.recorded_at.desc(), Plenary.id.desc()).limit(1)
        return await self.session.scalar(last)

    async def categories(self, case: Case) -> Sequence[DecidedCategory]:
        """What that plenary decided."""
        plenary = await self.decision(case)
        if plenary is None:
            return ()
        query = select(DecidedCategory).where(DecidedCategory.plenary_id == plenary.id)
        return (await self.session.scalars(query.order_by(DecidedCategory.category))).all()

    async def persons(self, case: Case, ids: Collection[UUID]) -> Sequence[CasePerson]:
        query = select(CasePerson).where(CasePerson.case_id == case.id, CasePerson.id.in_(ids))
        return (await self.session.scalars(query.order_by(CasePerson.id))).all()

    async def sources(self, persons: Collection[CasePerson]) -> Mapping[UUID, ComplaintPerson]:
        """The rows of the reports in which they are named, by their ids."""
        ids = {each.complaint_person_id for each in persons if each.complaint_person_id}
        query = select(ComplaintPerson).where(ComplaintPerson.id.in_(ids))
        return {each.id: each for each in await self.session.scalars(query)}

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
