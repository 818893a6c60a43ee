from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.articles import day_of_law
from app.core.actors import SYSTEM

MOST: Final = 500
"""Questions in one unit of work: each is an entry in the journal."""


class ReviewService:
    """Tells that the list for review has grown: nobody looks at a list that is always empty."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.consultations = ConsultationRepository(session, SYSTEM)
        self.journal = Journal(session, SYSTEM, now)
        self.now = now
        self.day = day_of_law(now)

    async def note(self) -> int:
        """Note what came onto the list, once for each time; return how many."""
        await self.consultations.forget_reviewed(self.day)
        grown = await self.consultations.newly_stale(self.day, MOST)
        for each in grown:
            each.stale_since = self.now
        await self.journal.record_each("consultation.review_due", grown)
        return len(grown)
