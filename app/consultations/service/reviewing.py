from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.articles import day_of_law
from app.consultations.rules.questions import ConsultationState
from app.core.actors import SYSTEM

MOST: Final = 500
"""Questions in one unit of work: each is an entry in the journal."""


class ReviewService:
    """Tells the desk what happened to a question while nobody looked at it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.consultations = ConsultationRepository(session, SYSTEM)
        self.journal = Journal(session, SYSTEM, now)
        self.now = now
        self.day = day_of_law(now)

    async def note(self) -> int:
        """Note what came onto the list for review, once for each time; return how many."""
        await self.consultations.forget_reviewed(self.day)
        grown = await self.consultations.newly_stale(self.day, MOST)
        for each in grown:
            each.stale_since = self.now
        await self.journal.record_each("consultation.review_due", grown)
        return len(grown)

    async def tell_turned(self) -> int:
        """Tell the desk which questions were turned before today; return how many."""
        turned = await self.consultations.turned_before(self.day, MOST)
        for each in turned:
            each.state, each.turned_on = ConsultationState.TURNED, None
        await self.journal.record_each("consultation.turned", turned)
        return len(turned)
