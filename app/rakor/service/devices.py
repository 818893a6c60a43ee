import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.jws import Jws, encode
from app.core.paging import Found
from app.rakor.models.events import Event, EventSession
from app.rakor.models.presence import EventDevice
from app.rakor.repository.events import EventRepository
from app.rakor.repository.presence import CheckInRepository, PresenceRepository
from app.rakor.repository.tickets import DeviceRepository, TicketRepository
from app.rakor.rules.events import check_stage
from app.rakor.rules.scans import DOORS_OPEN, EventDeviceRevoked
from app.rakor.rules.stays import days_between
from app.rakor.schemas.tickets import (
    BundledEvent,
    BundledInvitation,
    BundledSession,
    EventBundle,
    EventDeviceAddedOut,
    EventDeviceFilter,
    EventDeviceIn,
    EventDeviceOut,
    EventKeyOut,
)
from app.rakor.service.events import Organiser
from app.rakor.service.ticket_book import DoorKeys
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

_SECRET: Final = 16


class EventDeviceService:
    """The devices at the doors of an event, and what they take along where no network is."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.events = EventRepository(session, actor)
        self.organiser = Organiser(self.events, actor)
        self.devices = DeviceRepository(session)
        self.tickets = TicketRepository(session)
        self.presence = PresenceRepository(session)
        self.check_ins = CheckInRepository(session)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.door = DoorKeys(keys)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def register(self, event_id: UUID, form: EventDeviceIn) -> EventDeviceAddedOut:
        """Let a device check tickets; its credential is a receipt for it, shown this once."""
        event = await self.organiser.take(event_id, lock=False)
        check_stage(event.stage, DOORS_OPEN)
        device = self._device(event, form)
        secret = secrets.token_bytes(_SECRET)
        code, receipt = self.receipts.write(ReceiptKind.EVENT_DEVICE, device, secret, b"", {})
        self.devices.add(device)
        self.session.add(receipt)
        await self.journal.record("event.device_registered", event, device_id=str(device.id))
        key = EventKeyOut.model_validate(self.door.bundles().public)
        return EventDeviceAddedOut(device=self._told(device), credential=code, key=key)

    async def find(self, event_id: UUID, wanted: EventDeviceFilter) -> Found[EventDeviceOut]:
        event = await self.organiser.take(event_id, lock=False)
        found = await self.devices.find(event, wanted)
        return Found([self._told(each) for each in found.items], found.next_cursor, found.total)

    async def revoke(self, event_id: UUID, device_id: UUID) -> EventDeviceOut:
        """Take a device out of use; what it holds, an officer can still send."""
        event = await self.organiser.take(event_id, lock=False)
        device = await self.devices.get(event.id, device_id)
        if device.revoked_at is not None:
            raise EventDeviceRevoked
        device.revoked_at = self.now
        await self.journal.record("event.device_revoked", event, device_id=str(device.id))
        return self._told(device)

    async def bundle(self, event_id: UUID) -> Jws:
        """Give a device what it needs, signed; only the device itself takes it along."""
        if self.actor.kind is not ActorKind.RECEIPT:
            raise NotFound
        device = await self.devices.get(event_id, self.actor.subject)
        if device.revoked_at is not None:
            raise EventDeviceRevoked
        event = await self.events.held(event_id, steady=True)
        check_stage(event.stage, DOORS_OPEN)
        device.bundled_at = self.now
        await self.journal.record("event.bundle_read", event, device_id=str(device.id))
        bundle = await self._bundle(device, event)
        return self.door.bundles().sign(bundle.model_dump_json().encode())

    async def _bundle(self, device: EventDevice, event: Event) -> EventBundle:
        invited = await self.presence.invited(event)
        last = await self.check_ins.last_sequence(device)
        return EventBundle(
            version="netra-event-bundle/1",
            device_id=device.id,
            issued_at=self.now,
            nonce_secret=encode(self.door.secret_of(device.id)),
            next_sequence=last + 1,
            ticket_keys=[EventKeyOut.model_validate(self.door.tickets().public)],
            event=_bundled(event, await self.events.run_down(event)),
            invitations=[
                BundledInvitation.model_validate(each)
                for each in invited
                if each.withdrawn_at is None
            ],
            revoked_tickets=list(await self.tickets.revoked(event)),
        )

    def _device(self, event: Event, form: EventDeviceIn) -> EventDevice:
        id = new_id()
        return EventDevice(
            id=id,
            event_id=event.id,
            region_id=event.region_id,
            region_code=event.region_code,
            registered_by=self.actor.id,
            registered_at=self.now,
            sealed=self.keys.seal(form.label.encode(), id),
        )

    def _told(self, device: EventDevice) -> EventDeviceOut:
        return EventDeviceOut(
            id=device.id,
            event_id=device.event_id,
            label=self.keys.open(device.sealed, device.id).decode(),
            registered_at=device.registered_at,
            bundled_at=device.bundled_at,
            revoked_at=device.revoked_at,
        )


def _bundled(event: Event, sessions: Sequence[EventSession]) -> BundledEvent:
    since, until = days_between(event.starts_on, event.ends_on, event.time_zone)
    return BundledEvent(
        id=event.id,
        title=event.title,
        venue=event.venue,
        mode=event.mode,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        time_zone=event.time_zone,
        valid_from=since,
        valid_until=until,
        sessions=[BundledSession.model_validate(each) for each in sessions],
    )
