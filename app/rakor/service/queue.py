"""Who of those who accepted has a seat. Whoever changes it holds the lock of the event."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.repository.queue import QueueRepository
from app.rakor.repository.tickets import TicketRepository
from app.rakor.rules.attendance import InvitationSeat, seat_of
from app.rakor.rules.events import Mode
from app.rakor.rules.seats import check_seats
from app.rakor.service.mailing import mail_seats_given


class Queue:
    """The queue of an event: as many as it has seats hold one, in the order of accepting."""

    def __init__(self, session: AsyncSession, journal: Journal) -> None:
        self.session = session
        self.queue = QueueRepository(session)
        self.tickets = TicketRepository(session)
        self.journal = journal

    async def last_seated(self, event: Event) -> int | None:
        return await self.queue.last_seated(event)

    async def join(self, event: Event, invitation: Invitation) -> None:
        """Accepting again, by another answer, keeps the place."""
        if invitation.queue_number is None:
            invitation.queue_number = await self.queue.next_number(event)

    async def leave(self, event: Event, invitation: Invitation) -> None:
        """Whoever waited first gets the seat that is left, and the ticket ends with it."""
        had = seat_of(invitation.queue_number, await self.last_seated(event))
        first: Sequence[Invitation] = ()
        if had is InvitationSeat.HELD and event.capacity is not None:
            first = await self.queue.between(event, event.capacity, event.capacity + 1)
        invitation.queue_number = None
        await self.tickets.revoke(invitation, self.journal.now)
        await self._move_up(event, first)

    async def resize(self, event: Event, before: int | None) -> None:
        """The event has another number of seats; nobody loses one that was promised."""
        check_seats(event.capacity, before, await self.queue.accepted(event))
        if before is not None:
            await self._move_up(event, await self.queue.between(event, before, event.capacity))

    async def bring_in(self, event: Event) -> None:
        """There is no network to join by any more, or nothing else: whoever chose it accepts like
        all others, behind those who queue already."""
        if event.mode is not Mode.BOTH:
            await self.queue.queue_online(event)

    async def number(self, event: Event, invitation: Invitation) -> int | None:
        """The place on the waiting list; none for whoever does not wait."""
        last = await self.last_seated(event)
        if last is None or seat_of(invitation.queue_number, last) is not InvitationSeat.WAITING:
            return None
        return await self.queue.waiting_number(invitation, last)

    async def _move_up(self, event: Event, waited: Sequence[Invitation]) -> None:
        entries = [(event, {"invitation": str(each.id)}) for each in waited]
        await self.journal.record_all("invitation.moved_up", entries)
        if waited:
            ids = [each.id for each in waited]
            await mail_seats_given(self.session, event, ids, self.journal.now)
