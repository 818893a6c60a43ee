"""What the worker does with offers that nobody has answered."""

from datetime import datetime

from app.cases.repository.custody import OfferRepository
from app.cases.service.transfers import TransferService
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions


async def end_offers(sessions: Sessions, keys: Keyring, now: datetime) -> int:
    """End what was not answered in time, each in a unit of work of its own; return how many.

    One that fails does not keep the others waiting; it is told when the round is over.
    """
    async with sessions.begin() as session:
        overdue = await OfferRepository(session, SYSTEM).overdue(now)
    ended, troubles = 0, []
    for offer_id in overdue:
        try:
            async with sessions.begin() as session:
                ended += await TransferService(session, SYSTEM, now, keys).expire(offer_id)
        except Exception as trouble:
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return ended
