from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.evidence.models import EvidenceSubject


class SubjectRepository:
    """What files can be added to beside complaints."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, subject: EvidenceSubject) -> None:
        self.session.add(subject)

    async def has(self, subject_id: UUID) -> bool:
        """Whether this is something else than a complaint."""
        return await self.get(subject_id) is not None

    async def get(self, subject_id: UUID) -> EvidenceSubject | None:
        return await self.session.get(EvidenceSubject, subject_id)
