from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks import files
from app.clocks.service import ClockService
from app.core.reference import Progress, ReferenceSet


async def load(session: AsyncSession, progress: Progress) -> None:
    await ClockService(session).load(progress)


REFERENCE = ReferenceSet("clocks", files.ALL, load)
