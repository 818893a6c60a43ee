from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson, CaseReport
from app.complaints.models.complaints import Complaint
from app.complaints.repository.matters import MatterRepository
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.visibility import visible_to


class CaseRepository:
    """The cases that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.matters = MatterRepository(session)
        self.actor = actor

    def add(self, *rows: Base) -> None:
        self.session.add_all(rows)

    async def flush(self) -> None:
        await self.session.flush()

    async def get(self, case_id: UUID) -> Case:
        case = await self.session.scalar(self._visible().where(Case.id == case_id))
        if case is None:
            raise NotFound
        return case

    async def held(self, case_id: UUID) -> Case:
        """The case as it is now, held until the end of the unit of work, and its reports with it.

        Its matter first, as whoever holds one of its reports does: so nobody waits in a circle, and
        no report joins meanwhile.
        """
        case = await self.get(case_id)
        await self.matters.lock(case_id)
        await self.complaints(case_id)
        await self.session.refresh(case, with_for_update=True)
        return case

    async def of_complaint(self, complaint_id: UUID) -> Case | None:
        """The case that a complaint is part of now, locked."""
        query = self._visible().join(CaseReport, CaseReport.case_id == Case.id)
        present = CaseReport.separated_at.is_(None)
        query = query.where(CaseReport.complaint_id == complaint_id, present)
        return await self.session.scalar(query.with_for_update(of=Case))

    async def case_id_of(self, complaint_id: UUID) -> UUID | None:
        """Which visible case a complaint is part of now, without holding it."""
        query = select(Case.id).join(CaseReport, CaseReport.case_id == Case.id)
        present = CaseReport.separated_at.is_(None)
        query = query.where(self._is_visible(), CaseReport.complaint_id == complaint_id, present)
        return await self.session.scalar(query)

    async def complaints(self, case_id: UUID) -> Sequence[Complaint]:
        """The reports of a case, held in the order of their ids."""
        query = select(Complaint).join(CaseReport, CaseReport.complaint_id == Complaint.id)
        query = query.where(CaseReport.case_id == case_id, CaseReport.separated_at.is_(None))
        held = query.order_by(Complaint.id).with_for_update(of=Complaint)
        fresh = held.execution_options(populate_existing=True)
        return (await self.session.scalars(fresh)).all()

    async def persons(self, case: Case) -> Sequence[CasePerson]:
        """All that were named, also who is the same as another; not those taken off."""
        query = select(CasePerson).where(CasePerson.case_id == case.id)
        present = query.where(CasePerson.removed_at.is_(None))
        return (await self.session.scalars(present.order_by(CasePerson.id))).all()

    def _visible(self) -> Select[Case]:
        return select(Case).where(self._is_visible())

    def _is_visible(self) -> ColumnElement[bool]:
        return visible_to(self.actor, Case.id, Case.region_code)
