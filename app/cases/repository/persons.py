from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.rules.procedure import Part
from app.core.ids import new_id


class PersonRepository:
    """The reported persons of cases that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def take_over(self, case: Case, complaint: Complaint, at: datetime) -> int:
        """Add whom the complaint names and the case does not have yet; return how many."""
        had = select(CasePerson.complaint_person_id).where(
            CasePerson.case_id == case.id, CasePerson.complaint_id == complaint.id
        )
        named = select(ComplaintPerson.id).where(
            ComplaintPerson.complaint_id == complaint.id,
            ComplaintPerson.part == Part.REPORTED,
            ComplaintPerson.id.not_in(had),
        )
        ids = (await self.session.scalars(named.order_by(ComplaintPerson.position))).all()
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
