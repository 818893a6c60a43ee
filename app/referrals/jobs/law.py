from sqlalchemy.ext.asyncio import AsyncSession

from app.core.reference import Progress, ReferenceSet
from app.referrals.files.law import AUTHORITIES, SANCTION_KINDS
from app.referrals.service.law import LawService


async def load(session: AsyncSession, progress: Progress) -> None:
    await LawService(session).load(progress)


REFERENCE = ReferenceSet("authorities", (AUTHORITIES, SANCTION_KINDS), load)
"""Who is competent, and the ladders of sanctions."""
