from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.cases.models.cases import Case, CaseReport
from app.cases.models.conflicts import CaseBelonging
from app.clocks.models import DeadlineClock
from app.clocks.repository.clocks import ClockRepository
from app.complaints.models.complaints import Complaint, Matter


class DueRepository:
    """Copies what clocks say to whatever is ordered by it, for all that one revision moved."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def follow(self, revision: int) -> None:
        """Write the new dates on cases, on their reports, and on reports without a case."""
        moved = ClockRepository.moved_by(revision)
        await self._hold(moved)
        cases = update(Case).where(Case.id.in_(moved))
        await self._do(
            cases.values(next_due_at=_first(Case.id, "due_at"), next_due_on=_first(Case.id))
        )
        case = aliased(Case)
        joined = CaseReport.separated_at.is_(None) & CaseReport.case_id.in_(moved)
        reports = update(Complaint).where(
            Complaint.id == CaseReport.complaint_id, case.id == CaseReport.case_id, joined
        )
        await self._do(reports.values(next_due_on=case.next_due_on))
        alone = update(Complaint).where(Complaint.id.in_(moved))
        await self._do(alone.values(next_due_on=_first(Complaint.id)))

    async def _hold(self, moved: Select[UUID]) -> None:
        """All that moves, also of the floors above, in the order in which everybody holds it."""
        belonging = select(CaseBelonging.case_id).where(CaseBelonging.id.in_(moved))
        matters = select(Matter.id).where(or_(Matter.id.in_(moved), Matter.id.in_(belonging)))
        reports = select(Complaint.id).where(Complaint.id.in_(moved))
        for each in (matters.order_by(Matter.id), reports.order_by(Complaint.id)):
            held = each.with_for_update().subquery()
            await self.session.execute(select(func.count()).select_from(held))

    async def _do(self, statement: Any) -> None:
        await self.session.execute(statement, execution_options={"synchronize_session": False})


def _first(id: InstrumentedAttribute[Any], what: str = "due_on") -> ScalarSelect[Any]:
    """Of the clocks of a subject that run, what is due first."""
    column: ColumnElement[Any] = getattr(DeadlineClock, what)
    running = (DeadlineClock.ended_at.is_(None), DeadlineClock.stopped_at.is_(None))
    query = select(func.min(column)).where(DeadlineClock.subject_id == id, *running)
    return query.scalar_subquery()
