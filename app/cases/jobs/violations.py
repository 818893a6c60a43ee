from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.files.violations import KINDS
from app.cases.service.catalogue import CatalogueService
from app.core.reference import Progress, ReferenceSet


async def load(session: AsyncSession, progress: Progress) -> None:
    await CatalogueService(session).load(progress)


REFERENCE = ReferenceSet("violation_kinds", (KINDS,), load)
"""The violation kinds that we ship, with their versions."""
