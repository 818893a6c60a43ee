"""What the holder of an invitation signs with an own phone."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import WrongCredential
from app.core.passwords import hash_token
from app.declarations.rules.tickets import Ticket
from app.declarations.service.tickets import TicketMaker
from app.prevention.repository.gatherings import InvitedTargetRepository
from app.prevention.schemas.one_qr import OwnSigningOut, OwnSigningRow
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules.attendance import InvitationWithdrawn
from app.rakor.service.answers import WRONG_CODE


class OwnSigningService:
    """Hands the personal link to who holds the code of the invitation.

    The code and not the ticket: that one is shown at the door, and whoever photographs it must
    not sign by it from elsewhere.
    """

    def __init__(self, session: AsyncSession, _: Actor, now: datetime, keys: Keyring) -> None:
        self.invitations = InvitationRepository(session)
        self.seats = InvitedTargetRepository(session)
        self.tickets = TicketMaker(keys)
        self.now = now

    async def read(self, code: str) -> OwnSigningOut:
        invitation = await self.invitations.opened_by(hash_token(code))
        if invitation is None:
            raise WrongCredential(WRONG_CODE)
        if invitation.withdrawn_at is not None:
            raise InvitationWithdrawn
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
