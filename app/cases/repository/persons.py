from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson
from app.cases.models.handling import Clarification
from app.cases.models.violations import Classification
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.rules.procedure import Part
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, Order, Slice, moment, page_of


class PersonRepository:
    """The reported persons of cases that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def new_in(self, case: Case, complaint: Complaint) -> Sequence[UUID]:
        """The rows of a complaint that name somebody and are not in the case, in their order."""
        had = select(CasePerson.complaint_person_id).where(
            CasePerson.case_id == case.id, CasePerson.complaint_id == complaint.id
        )
        named = select(ComplaintPerson.id).where(
            ComplaintPerson.complaint_id == complaint.id,
            ComplaintPerson.part == Part.REPORTED,
            ComplaintPerson.id.not_in(had),
        )
        return (await self.session.scalars(named.order_by(ComplaintPerson.position))).all()

    async def take_over(self, case: Case, complaint: Complaint, at: datetime) -> int:
        """Add whom the complaint names and the case does not have yet; return how many."""
        ids = await self.new_in(case, complaint)
        self.session.add_all(
            CasePerson(
                id=new_id(),
                case_id=case.id,
                complaint_id=complaint.id,
                complaint_person_id=id,
                named_at=at,
            )
            for id in ids
        )
        return len(ids)

    def add(self, person: CasePerson) -> None:
        self.session.add(person)

    async def get(self, case: Case, person_id: UUID) -> CasePerson:
        """Somebody whom the case names; NotFound also where he was taken off."""
        query = select(CasePerson).where(
            CasePerson.id == person_id,
            CasePerson.case_id == case.id,
            CasePerson.removed_at.is_(None),
        )
        person = await self.session.scalar(query)
        if person is None:
            raise NotFound
        return person

    async def find(self, case: Case, wanted: Slice) -> Found[CasePerson]:
        """In the order in which they were named; not those taken off."""
        query = select(CasePerson).where(
            CasePerson.case_id == case.id, CasePerson.removed_at.is_(None)
        )
        order = Order(CasePerson.named_at, CasePerson.id, moment)
        return await page_of(self.session, query, order, wanted)

    async def sources(self, persons: Sequence[CasePerson]) -> Mapping[UUID, ComplaintPerson]:
        """The rows of the reports in which they are named, by their ids."""
        ids = {each.complaint_person_id for each in persons if each.sealed is None}
        query = select(ComplaintPerson).where(ComplaintPerson.id.in_(ids))
        return {each.id: each for each in await self.session.scalars(query)}

    async def same_as(self, case: Case) -> dict[UUID, UUID | None]:
        """Which row stands for which."""
        query = select(CasePerson.id, CasePerson.same_as_id).where(
            CasePerson.case_id == case.id, CasePerson.removed_at.is_(None)
        )
        return dict((await self.session.execute(query)).all())

    async def uses_of(self, person: CasePerson) -> tuple[int, int]:
        """How many classifications of his acts stand, and how many clarifications with him wait."""
        classified = select(func.count()).where(
            Classification.person_id == person.id, Classification.reversed_at.is_(None)
        )
        waiting = select(func.count()).where(
            Clarification.person_id == person.id, Clarification.attended.is_(None)
        )
        both = select(classified.scalar_subquery(), waiting.scalar_subquery())
        classifications, clarifications = (await self.session.execute(both)).one()
        return classifications, clarifications

    async def count(self, case: Case) -> int:
        """How many persons, each counted once."""
        await self.session.flush()
        query = select(func.count()).where(
            CasePerson.case_id == case.id,
            CasePerson.removed_at.is_(None),
            CasePerson.same_as_id.is_(None),
        )
        return await self.session.scalar(query) or 0
