from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.models.contact import Supplement, WithdrawalReason
from app.complaints.rules.procedure import Part
from app.core.once import insert_once
from app.core.paging import Found, Slice, newest_first


class SupplementRepository:
    """What a reporter brought after filing, of a complaint that whoever asks was shown to see."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, supplement: Supplement, persons: Sequence[ComplaintPerson]) -> bool:
        """Add it with its persons; False where the id is taken."""
        return await insert_once(self.session, supplement, *persons)

    async def get(self, complaint: Complaint, supplement_id: UUID) -> Supplement | None:
        return await self.session.scalar(_of(complaint).where(Supplement.id == supplement_id))

    async def find(self, complaint: Complaint, wanted: Slice) -> Found[Supplement]:
        by = (Supplement.submitted_at, Supplement.id)
        return await newest_first(self.session, _of(complaint), by, wanted)

    async def count(self, complaint: Complaint) -> int:
        query = select(func.count()).where(Supplement.complaint_id == complaint.id)
        return await self.session.scalar(query) or 0

    async def next_positions(self, complaint: Complaint) -> Mapping[Part, int]:
        """Where the next person of each part stands."""
        query = select(ComplaintPerson.part, func.max(ComplaintPerson.position) + 1).where(
            ComplaintPerson.complaint_id == complaint.id
        )
        return dict((await self.session.execute(query.group_by(ComplaintPerson.part))).all())

    def add_reason(self, reason: WithdrawalReason) -> None:
        self.session.add(reason)

    async def reason(self, complaint: Complaint) -> WithdrawalReason | None:
        query = select(WithdrawalReason).where(WithdrawalReason.complaint_id == complaint.id)
        return await self.session.scalar(query)


def _of(complaint: Complaint) -> Select[Supplement]:
    return select(Supplement).where(Supplement.complaint_id == complaint.id)
