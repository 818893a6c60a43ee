from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import EventDevice, EventTicket
from app.rakor.rules.scans import IssuedTicket
from app.rakor.schemas.tickets import EventDeviceFilter


class TicketRepository:
    """The tickets of an event that the caller has got; a withdrawn invitation revokes its own."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, ticket: EventTicket) -> None:
        self.session.add(ticket)

    async def flush(self) -> None:
        """Revoke before the next is issued: only one of an invitation is valid."""
        await self.session.flush()

    async def revoke(self, invitation: Invitation, now: datetime) -> None:
        valid = (EventTicket.invitation_id == invitation.id, EventTicket.revoked_at.is_(None))
        await self.session.execute(update(EventTicket).where(*valid).values(revoked_at=now))

    async def valid(self, invitation: Invitation) -> EventTicket | None:
        """Its ticket; whoever gives one holds the lock of the event."""
        query = select(EventTicket).where(EventTicket.invitation_id == invitation.id)
        return await self.session.scalar(query.where(EventTicket.revoked_at.is_(None)))

    async def issued(self, event: Event, ids: Collection[UUID]) -> Mapping[UUID, IssuedTicket]:
        # LEAST passes over what is null.
        revoked_at = func.least(EventTicket.revoked_at, Invitation.withdrawn_at)
        query = (
            select(EventTicket.id, EventTicket.invitation_id, revoked_at)
            .join(Invitation, Invitation.id == EventTicket.invitation_id)
            .where(EventTicket.event_id == event.id, EventTicket.id == func.any(list(ids)))
        )
        rows = await self.session.execute(query)
        return {id: IssuedTicket(invitation_id, revoked) for id, invitation_id, revoked in rows}

    async def revoked(self, event: Event) -> Sequence[UUID]:
        query = (
            select(EventTicket.id)
            .join(Invitation, Invitation.id == EventTicket.invitation_id)
            .where(
                EventTicket.event_id == event.id,
                or_(EventTicket.revoked_at.is_not(None), Invitation.withdrawn_at.is_not(None)),
            )
        )
        return (await self.session.scalars(query.order_by(EventTicket.id))).all()


class DeviceRepository:
    """The devices of an event."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, device: EventDevice) -> None:
        self.session.add(device)

    async def get(self, event_id: UUID, device_id: UUID) -> EventDevice:
        """One device, locked: what it sends twice at once comes one after the other."""
        query = select(EventDevice).where(
            EventDevice.event_id == event_id, EventDevice.id == device_id
        )
        device = await self.session.scalar(query.with_for_update())
        if device is None:
            raise NotFound
        return device

    async def find(self, event: Event, wanted: EventDeviceFilter) -> Found[EventDevice]:
        query = select(EventDevice).where(EventDevice.event_id == event.id)
        by = (EventDevice.registered_at, EventDevice.id)
        return await newest_first(self.session, query, by, wanted)
