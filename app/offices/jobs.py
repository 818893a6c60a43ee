from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.offices import files
from app.offices.service import OfficeRegister


async def load(session: AsyncSession, progress: Progress) -> None:
    await OfficeRegister(session).load(progress)


REFERENCE = ReferenceSet("offices", files.ALL, load)
