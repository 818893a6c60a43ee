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
