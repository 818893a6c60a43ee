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
        """The same, or again where it was closed; True where it is new."""
        known = await self.subjects.get(subject.id)
        if known is None:
            self.admit(kind, subject)
        else:
            known.is_open = True
        return known is None

    async def close(self, subject_id: UUID) -> None:
        """Nothing is added to it any more, as far as it was admitted."""
        known = await self.subjects.get(subject_id)
        if known is not None:
            known.is_open = False

    def admit(self, kind: SubjectKind, subject: Placed, office_id: UUID | None = None) -> None:
        """Let files be added to it; only by who acts for the office, where one is named."""
        self.subjects.add(
            EvidenceSubject(
                id=subject.id,
                kind=kind,
                region_id=subject.region_id,
                region_code=subject.region_code,
                office_id=office_id,
            )
        )
