"""What the holder of an invitation signs with an own phone."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.declarations.rules.tickets import Ticket
from app.declarations.service.tickets import TicketMaker
from app.prevention.repository.gatherings import InvitedTargetRepository
from app.prevention.schemas.one_qr import OwnSigningOut, OwnSigningRow
from app.rakor.service.codes import InvitationCodes


class OwnSigningService:
    """Hands the personal link to who holds the code of the invitation.

    The code and not the ticket: that one is shown at the door, and whoever photographs it must
    not sign by it from elsewhere.
    """

    def __init__(self, session: AsyncSession, _: Actor, now: datetime, keys: Keyring) -> None:
        self.codes = InvitationCodes(session)
        self.seats = InvitedTargetRepository(session)
        self.tickets = TicketMaker(keys)
        self.now = now

    async def read(self, code: str) -> OwnSigningOut:
        invitation = await self.codes.open_standing(code)
        found = await self.seats.of_invitation(invitation.id)
        return OwnSigningOut(
            event_id=invitation.event_id,
            post=invitation.post,
            office_name=invitation.office_name,
            declarations=[
                OwnSigningRow(
                    declaration_id=declaration.id,
                    title=declaration.title,
                    status=declaration.status,
                    ticket=self.tickets.write(Ticket(seat.target_region_id, seat.target_id)),
                )
                for seat, declaration in found
            ],
        )
