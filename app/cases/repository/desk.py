from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CaseReport
from app.cases.rules.desk import CaseSort
from app.cases.rules.states import OPEN
from app.cases.schemas.cases import CaseFilter
from app.core.actors import Actor
from app.core.paging import Found, Order, moment, page_of
from app.core.places import area_of
from app.core.visibility import visible_to

ORDERS: Final[dict[CaseSort, Order[Any]]] = {
    CaseSort.DUE: Order(Case.next_due_at, Case.id, moment, may_be_empty=True),
    CaseSort.NEWEST: Order(Case.opened_at, Case.id, moment, descending=True),
}


class WorkListRepository:
    """The cases that one actor can see, as the filters of the desk choose them."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.now = now

    async def find(self, wanted: CaseFilter) -> Found[Case]:
        query = select(Case).where(visible_to(self.actor, Case.id, Case.region_code))
        query = query.where(*self._chosen(wanted))
        return await page_of(self.session, query, ORDERS[wanted.sort], wanted)

    def _chosen(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        equal = {
            Case.state: wanted.state,
            Case.kind: wanted.kind,
            Case.office_id: wanted.office_id,
            Case.election_code: wanted.election_code,
            Case.number: wanted.number,
        }
        chosen = [column == value for column, value in equal.items() if value is not None]
        if wanted.region is not None:
            chosen.append(Case.region_code.startswith(area_of(wanted.region)))
        if wanted.open is not None:
            chosen.append(Case.state.in_(OPEN) if wanted.open else Case.state.not_in(OPEN))
        if wanted.complaint_id is not None:
            chosen.append(Case.id.in_(_with_report(wanted)))
        return [*chosen, *self._due(wanted)]

    def _due(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        chosen = []
        if wanted.overdue is not None:
            late = Case.next_due_at <= self.now
            chosen.append(late if wanted.overdue else late.is_not(True))
        if wanted.due_within is not None:
            chosen.append(Case.next_due_at <= self.now + timedelta(days=wanted.due_within))
        return chosen


def _with_report(wanted: CaseFilter) -> Select[Any]:
    present = CaseReport.separated_at.is_(None)
    return select(CaseReport.case_id).where(CaseReport.complaint_id == wanted.complaint_id, present)
