from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.articles import ARTICLES
from app.consultations.service.catalogue import CatalogueService
from app.consultations.service.reviewing import MOST, ReviewService
from app.core.database import Sessions
from app.core.reference import Progress, ReferenceSet


async def load(session: AsyncSession, progress: Progress) -> None:
    await CatalogueService(session).load(progress)


async def note_reviews(sessions: Sessions, now: datetime) -> None:
    """Tell which answers came onto the list for review, until there is none left."""
    noted = MOST
    while noted == MOST:
        async with sessions.begin() as session:
            noted = await ReviewService(session, now).note()


async def tell_turned(sessions: Sessions, now: datetime) -> None:
    """Tell which questions became complaints before today, until there is none left."""
    told = MOST
    while told == MOST:
        async with sessions.begin() as session:
            told = await ReviewService(session, now).tell_turned()


REFERENCE = ReferenceSet("law_articles", (ARTICLES,), load)
"""The articles that answers cite, with their versions."""
