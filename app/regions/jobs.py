from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.regions import files
from app.regions.service import RegionService


async def load(session: AsyncSession, progress: Progress) -> None:
    await RegionService(session).load(progress)


REFERENCE = ReferenceSet("regions", files.ALL, load)
