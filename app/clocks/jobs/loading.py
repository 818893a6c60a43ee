from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.files.calendars import DECREES, PACKAGE
from app.clocks.files.norms import HOURS, RULES
from app.clocks.service.loading import LoadingService
from app.core.reference import Progress, ReferenceSet


async def load(session: AsyncSession, progress: Progress) -> None:
    await LoadingService(session).load(progress)


REFERENCE = ReferenceSet("clocks", (RULES, HOURS, DECREES, PACKAGE), load)
