from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CTE, Select, delete, literal, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.accounts.models import Officer
from app.cases.models.cases import Case, CasePerson, CaseReport
from app.cases.models.conflicts import BreakGlass, CaseBelonging, Conflict
from app.cases.models.custody import TransferOffer
from app.complaints.models.complaints import Complaint
from app.core.database import Base
from app.core.models import Grant, Wall
from app.offices.models import Office


class AccessRepository:
    """The grants of and the walls before a case, and all that belongs to it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, *rows: Base) -> None:
        self.session.add_all(rows)

    async def case(self, case_id: UUID) -> Case:
        return await self.session.get_one(Case, case_id)

    async def subjects(self, case: Case) -> dict[UUID, str]:
        """The case, what was merged into it, its reports, its offers and what the floors above
        made of it, each with the code of its region."""
        here = literal(case.region_code)
        present = select(CaseReport.complaint_id).where(
            CaseReport.case_id == case.id, CaseReport.separated_at.is_(None)
        )
        reports = select(Complaint.id, Complaint.region_code).where(Complaint.id.in_(present))
        offers = select(TransferOffer.id, here).where(TransferOffer.case_id == case.id)
        others = select(CaseBelonging.id, here).where(CaseBelonging.case_id == case.id)
        merged = _merged_into(case)
        rows = await self.session.execute(union(reports, offers, others, select(merged)))
        return {case.id: case.region_code, **dict(rows.all())}

    async def offered_to(self, case: Case) -> UUID | None:
        """The office that has still to answer an offer."""
        query = select(TransferOffer.to_office_id).where(
            TransferOffer.case_id == case.id, TransferOffer.answered_at.is_(None)
        )
        return await self.session.scalar(query)

    async def office(self, office_id: UUID) -> Office:
        return await self.session.get_one(Office, office_id)

    async def granted(self, ids: Collection[UUID], office_id: UUID) -> set[UUID]:
        """Of these what the office was given and has still."""
        query = select(Grant.subject_id).where(
            Grant.office_id == office_id, Grant.subject_id.in_(ids), Grant.until.is_(None)
        )
        return set(await self.session.scalars(query))

    async def end_grants(self, ids: Collection[UUID], office_id: UUID, at: datetime) -> None:
        ended = update(Grant).where(
            Grant.office_id == office_id, Grant.subject_id.in_(ids), Grant.until.is_(None)
        )
        await self.session.execute(
            ended.values(until=at).execution_options(synchronize_session=False)
        )

    async def walls(self, ids: Collection[UUID]) -> Sequence[Wall]:
        return (await self.session.scalars(select(Wall).where(Wall.subject_id.in_(ids)))).all()

    async def remove_walls(self, walls: Collection[Wall]) -> None:
        await self.session.execute(delete(Wall).where(Wall.id.in_([each.id for each in walls])))

    async def standing(self, case: Case) -> Sequence[Conflict]:
        query = _conflicts(case).where(Conflict.ended_at.is_(None))
        return (await self.session.scalars(query)).all()

    async def brought_along(self, case: Case) -> Sequence[Conflict]:
        """The conflicts that stand in the cases from which its reports came."""
        present, before = aliased(CaseReport), aliased(CaseReport)
        came_from = (
            select(before.case_id)
            .join(present, present.complaint_id == before.complaint_id)
            .where(
                present.case_id == case.id,
                present.separated_at.is_(None),
                before.case_id != case.id,
            )
        )
        query = select(Conflict).where(Conflict.case_id.in_(came_from), Conflict.ended_at.is_(None))
        return (await self.session.scalars(query.order_by(Conflict.declared_at))).all()

    async def conflicts(self, case: Case) -> Sequence[Conflict]:
        """All that were ever said of the case."""
        return (await self.session.scalars(_conflicts(case))).all()

    async def of_offices(self, case: Case) -> Sequence[Conflict]:
        """Every conflict of an office, also those that have ended."""
        query = _conflicts(case).where(Conflict.office_id.is_not(None))
        return (await self.session.scalars(query)).all()

    async def persons_of_offices(self, case: Case) -> dict[UUID, set[UUID]]:
        """The offices of the directory for which persons of the case work, each with them."""
        query = select(CasePerson.office_id, CasePerson.id).where(
            CasePerson.case_id == case.id, CasePerson.removed_at.is_(None)
        )
        found: dict[UUID, set[UUID]] = {}
        for office_id, id in await self.session.execute(query):
            if office_id is not None:
                found.setdefault(office_id, set()).add(id)
        return found

    async def lifted(self, case: Case, now: datetime) -> dict[UUID, datetime]:
        """For whom the walls of the case are lifted, until when."""
        query = select(BreakGlass.officer_id, BreakGlass.until).where(
            BreakGlass.case_id == case.id, BreakGlass.until > now
        )
        rows = (await self.session.execute(query)).all()
        return {officer_id: until for officer_id, until in rows if until is not None}

    async def end_lifts(self, case: Case, officers: Collection[UUID], at: datetime) -> None:
        ended = update(BreakGlass).where(
            BreakGlass.case_id == case.id,
            BreakGlass.officer_id.in_(officers),
            BreakGlass.until > at,
        )
        await self.session.execute(ended.values(until=at))

    async def end_all_lifts(self, case: Case, at: datetime) -> int:
        """Also those of what was merged into it; return how many there were."""
        cases = select(_merged_into(case).c.id).union(select(literal(case.id)))
        ended = update(BreakGlass).where(BreakGlass.case_id.in_(cases), BreakGlass.until > at)
        ended = ended.values(until=at).execution_options(synchronize_session=False)
        ids = await self.session.scalars(ended.returning(BreakGlass.id))
        return len(ids.all())

    async def officers_in(self, ids: Collection[UUID], offices: Collection[UUID]) -> set[UUID]:
        """Of these officers those who work in one of these offices."""
        query = select(Officer.id).where(Officer.id.in_(ids), Officer.office_id.in_(offices))
        return set(await self.session.scalars(query))


def _merged_into(case: Case) -> CTE:
    """The cases whose reports are handled in this one, by whatever way they came."""
    first = select(Case.id, Case.region_code).where(Case.merged_into_id == case.id)
    merged = first.cte(recursive=True)
    return merged.union(select(Case.id, Case.region_code).where(Case.merged_into_id == merged.c.id))


def _conflicts(case: Case) -> Select[Conflict]:
    return select(Conflict).where(Conflict.case_id == case.id)
