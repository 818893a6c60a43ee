from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.models.custody import TransferOffer
from app.cases.repository.custody import OfferRepository
from app.cases.rules.steps import StepName
from app.cases.rules.transfers import OfferState
from app.cases.service.access import CaseAccess
from app.clocks.service.keeper import ClockKeeper
from app.core.actors import Actor


class OfferKeeper:
    """How an offer ends, of a case that the caller holds locked."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.offers = OfferRepository(session, actor)
        self.access = CaseAccess(session, now)
        self.clocks = ClockKeeper(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def close(self, offer: TransferOffer, state: OfferState) -> None:
        """Write what became of an offer; its clock ends with it."""
        offer.state = state
        offer.answered_at = self.now
        offer.answered_by = self.actor.id
        for clock in await self.clocks.open_of(offer.id):
            if state is OfferState.RETRACTED:
                await self.clocks.cancel(clock)
            else:
                await self.clocks.end(clock)

    async def retract(self, case: Case) -> None:
        """Take back what still waits for its answer; the other office sees the case no more."""
        offer = await self.offers.waiting_of(case)
        if offer is None:
            return
        await self.close(offer, OfferState.RETRACTED)
        await self.access.end_grants(case, offer.to_office_id)
        await self.journal.record(f"case.{StepName.RETRACT_TRANSFER}", case, offer=str(offer.id))
