from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson, CaseReport, RequirementCheck
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.visibility import visible_to


class CaseRepository:
    """The cases that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, *rows: Base) -> None:
        self.session.add_all(rows)

    async def get(self, case_id: UUID, *, lock: bool = False) -> Case:
        query = self._visible().where(Case.id == case_id)
        case = await self.session.scalar(query.with_for_update() if lock else query)
        if case is None:
            raise NotFound
        return case

    async def of_complaint(self, complaint_id: UUID) -> Case | None:
        """The case that a complaint is part of now, whoever may see it."""
        query = select(Case).join(CaseReport, CaseReport.case_id == Case.id)
        present = CaseReport.separated_at.is_(None)
        query = query.where(CaseReport.complaint_id == complaint_id, present)
        return await self.session.scalar(query.with_for_update(of=Case))

    async def reports(self, case: Case) -> Sequence[CaseReport]:
        query = select(CaseReport).where(CaseReport.case_id == case.id)
        present = query.where(CaseReport.separated_at.is_(None))
        return (await self.session.scalars(present.order_by(CaseReport.joined_at))).all()

    async def persons(self, case: Case) -> Sequence[CasePerson]:
        """All that were named, also who is the same as another; not those taken off."""
        query = select(CasePerson).where(CasePerson.case_id == case.id)
        present = query.where(CasePerson.removed_at.is_(None))
        return (await self.session.scalars(present.order_by(CasePerson.id))).all()

    async def checks(self, case: Case) -> Sequence[RequirementCheck]:
        query = select(RequirementCheck).where(RequirementCheck.case_id == case.id)
        return (await self.session.scalars(query)).all()

    def _visible(self) -> Select[Case]:
        return select(Case).where(self._is_visible())

    def _is_visible(self) -> ColumnElement[bool]:
        return visible_to(self.actor, Case.id, Case.region_code)
