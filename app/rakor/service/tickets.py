from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.events import EventRepository
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.rules.attendance import seat_of
from app.rakor.rules.events import check_stage
from app.rakor.rules.scans import DOORS_OPEN, check_holder
from app.rakor.schemas.answers import InvitationLookupIn
from app.rakor.schemas.tickets import EventTicketOut
from app.rakor.service.codes import InvitationCodes
from app.rakor.service.events import Organiser
from app.rakor.service.queue import Queue
from app.rakor.service.ticket_book import TicketBook


class TicketService:
    """Tickets on request: for who holds the code of an invitation, and for the organiser."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.invitations = InvitationRepository(session)
        self.codes = InvitationCodes(session)
        self.organiser = Organiser(EventRepository(session, actor), actor)
        self.book = TicketBook(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.queue = Queue(session, self.journal)

    async def read(self, form: InvitationLookupIn) -> EventTicketOut:
        event = await self.invitations.event_of(await self.codes.open(form.code), lock=True)
        # What was read before the lock may have lost its seat, or got another code, meanwhile.
        invitation = await self.codes.open(form.code)
        check_stage(event.stage, DOORS_OPEN)
        await self._check(event, invitation)
        return await self.book.give(event, invitation)

    async def replace(self, event_id: UUID, invitation_id: UUID) -> EventTicketOut:
        """Give a new ticket; the one before it stops opening doors from now on."""
        event = await self.organiser.take(event_id)
        check_stage(event.stage, DOORS_OPEN)
        invitation = await self.invitations.get(event, invitation_id)
        await self._check(event, invitation)
        ticket = await self.book.replace(event, invitation)
        await self.journal.record("ticket.replaced", event, invitation=str(invitation.id))
        return ticket

    async def _check(self, event: Event, invitation: Invitation) -> None:
        seat = seat_of(invitation.queue_number, await self.queue.last_seated(event))
        check_holder(seat, invitation.withdrawn_at)
