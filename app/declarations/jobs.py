from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.declarations import files
from app.declarations.service.texts import PledgeTextService


async def load(session: AsyncSession, progress: Progress) -> None:
    await PledgeTextService(session).load(progress)


REFERENCE = ReferenceSet("pledge-texts", files.ALL, load)
