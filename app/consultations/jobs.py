from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.articles import ARTICLES
from app.consultations.service.catalogue import CatalogueService
from app.core.reference import Progress, ReferenceSet


async def load(session: AsyncSession, progress: Progress) -> None:
    await CatalogueService(session).load(progress)


REFERENCE = ReferenceSet("law_articles", (ARTICLES,), load)
"""The articles that answers cite, with their versions."""
