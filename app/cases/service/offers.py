from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.custody import TransferOffer
from app.cases.repository.access import AccessRepository
from app.cases.repository.custody import OfferRepository
from app.cases.rules.transfers import OfferState
from app.clocks.service.keeper import ClockKeeper
from app.core.actors import Actor


class OfferKeeper:
    """How an offer of a case ends, with its clock and its grants; the caller holds the case."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.offers = OfferRepository(session, actor)
        self.access = AccessRepository(session)
        self.clocks = ClockKeeper(session, actor, now)
        self.actor = actor
        self.now = now

    async def close(self, offer: TransferOffer, state: OfferState) -> None:
        """Write what became of it."""
        offer.state = state
        offer.answered_at = self.now
        offer.answered_by = self.actor.id
        for clock in await self.clocks.open_of(offer.id):
            if state is OfferState.RETRACTED:
                await self.clocks.cancel(clock)
            else:
                await self.clocks.end(clock)

    async def take_back(self, case: Case) -> TransferOffer | None:
        """Take back what nobody has answered yet; who was asked sees the case no more, unless it
        lies in his area. None where nothing waits."""
        offer = await self.offers.waiting_of(case)
        if offer is not None:
            await self.close(offer, OfferState.RETRACTED)
            subjects = await self.access.subjects(case)
            await self.access.end_grants(subjects, offer.to_office_id, self.now)
        return offer
