from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.evidence.files.retention import RULES
from app.evidence.service.retention import RetentionService


async def load(session: AsyncSession, progress: Progress) -> None:
    await RetentionService(session).load(progress)


REFERENCE = ReferenceSet("retention", (RULES,), load)
