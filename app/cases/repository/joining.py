from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson, CaseReport
from app.cases.models.violations import Classification
from app.complaints.models.complaints import Complaint
from app.core.paging import Found, Slice, newest_first


class JoiningRepository:
    """What moves when a report changes its case; whoever asks was shown to see both cases."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, case: Case, wanted: Slice) -> Found[CaseReport]:
        query = select(CaseReport).where(
            CaseReport.case_id == case.id, CaseReport.separated_at.is_(None)
        )
        return await newest_first(
            self.session, query, (CaseReport.joined_at, CaseReport.id), wanted
        )

    async def complaints(self, reports: Sequence[CaseReport]) -> Mapping[UUID, Complaint]:
        ids = {each.complaint_id for each in reports}
        found = await self.session.scalars(select(Complaint).where(Complaint.id.in_(ids)))
        return {each.id: each for each in found}

    async def present(self, case: Case, complaint_id: UUID) -> CaseReport | None:
        query = select(CaseReport).where(
            CaseReport.case_id == case.id,
            CaseReport.complaint_id == complaint_id,
            CaseReport.separated_at.is_(None),
        )
        return await self.session.scalar(query)

    async def move_reports(self, other: Case, case: Case, at: datetime) -> None:
        """All reports of one case become part of another; where they were before stays written."""
        query = select(CaseReport).where(
            CaseReport.case_id == other.id, CaseReport.separated_at.is_(None)
        )
        moving = (await self.session.scalars(query)).all()
        for report in moving:
            report.separated_at = at
        # A report is in one case at a time.
        await self.session.flush()
        self.session.add_all(
            CaseReport(
                case_id=case.id,
                complaint_id=each.complaint_id,
                joined_at=at,
                withdrawn_at=each.withdrawn_at,
            )
            for each in moving
        )
        theirs = update(Complaint).where(Complaint.id.in_([each.complaint_id for each in moving]))
        await self.session.execute(theirs.values(matter_id=case.id))

    async def move_persons(self, other: Case, case: Case) -> None:
        """All whom one case names come along, with what was written of them."""
        theirs = select(CasePerson.id).where(CasePerson.case_id == other.id)
        await self._take_along((await self.session.scalars(theirs)).all(), case)

    async def give_back_persons(self, complaint: Complaint, other: Case, case: Case) -> None:
        """Whom a report names goes with it as an officer has written it, not as it names him."""
        fresh = delete(CasePerson).where(CasePerson.case_id == case.id)
        await self.session.execute(fresh)
        theirs = select(CasePerson.id).where(
            CasePerson.case_id == other.id, CasePerson.complaint_id == complaint.id
        )
        ids = (await self.session.scalars(theirs)).all()
        await self._part(ids, other)
        await self._take_along(ids, case)

    async def _part(self, ids: Sequence[UUID], other: Case) -> None:
        """Nobody is the same as somebody of another case."""
        parted = update(CasePerson).values(same_as_id=None, version=CasePerson.version + 1)
        of_case = CasePerson.case_id == other.id
        leaving, goes = CasePerson.id.in_(ids), CasePerson.same_as_id.in_(ids)
        for crossing in ((leaving, ~goes), (~leaving, goes)):
            await self.session.execute(
                parted.where(of_case, CasePerson.same_as_id.is_not(None), *crossing)
            )

    async def _take_along(self, ids: Sequence[UUID], case: Case) -> None:
        moved = update(CasePerson).where(CasePerson.id.in_(ids)).values(case_id=case.id)
        await self.session.execute(moved)
        theirs = update(Classification).where(Classification.person_id.in_(ids))
        await self.session.execute(theirs.values(case_id=case.id))
