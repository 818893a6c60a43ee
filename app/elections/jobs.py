from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.elections import files
from app.elections.service import ElectionService


async def load(session: AsyncSession, progress: Progress) -> None:
    await ElectionService(session).load(progress)


REFERENCE = ReferenceSet("elections", files.ALL, load)
