from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import Placed
from app.evidence.models import EvidenceSubject
from app.evidence.repository.subjects import SubjectRepository
from app.evidence.rules.subjects import SubjectKind


class SubjectService:
    """Lets files be added to things of the floors above, which this floor cannot see."""

    def __init__(self, session: AsyncSession) -> None:
        self.subjects = SubjectRepository(session)

    async def admit_once(self, kind: SubjectKind, subject: Placed) -> bool:
        """The same, unless it was admitted before; True where it is new."""
        is_new = not await self.subjects.has(subject.id)
        if is_new:
            self.admit(kind, subject)
        return is_new

    def admit(self, kind: SubjectKind, subject: Placed) -> None:
        self.subjects.add(
            EvidenceSubject(
                id=subject.id,
                kind=kind,
                region_id=subject.region_id,
                region_code=subject.region_code,
                office_id=office_id,
            )
        )
