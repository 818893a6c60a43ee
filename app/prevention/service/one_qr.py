"""One ticket for the door and for signing: the devices that read it, and what they bring."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import DomainError, Invalid, NotFound
from app.core.jws import Jws
from app.declarations.rules import steps
from app.declarations.schemas.batches import BatchIn, ItemIn, TargetRef
from app.declarations.schemas.devices import DeviceIn
from app.declarations.service.batches import Answer as SignatureAnswer
from app.declarations.service.batches import BatchService
from app.declarations.service.devices import DeviceService
from app.prevention.models.gatherings import SigningDevice
from app.prevention.repository.gatherings import (
    GatheringRepository,
    InvitedTargetRepository,
    SigningDeviceRepository,
)
from app.prevention.rules import gatherings as rules
from app.prevention.schemas.one_qr import (
    GatheringBatchIn,
    PairingIn,
    PairingOut,
    SeatOut,
    Seats,
)
from app.prevention.service.ticket_signing import Brought, TicketSigner, refuse
from app.rakor.models.events import Event
from app.rakor.models.presence import EventDevice
from app.rakor.repository.events import EventRepository
from app.rakor.repository.tickets import DeviceRepository
from app.rakor.rules.scans import EventDeviceRevoked
from app.rakor.schemas.check_ins import CheckInBatchIn
from app.rakor.service.check_ins import UNKNOWN_DEVICE, CheckInService
from app.rakor.service.check_ins import Answer as CheckInAnswer
from app.rakor.service.devices import EventDeviceService
from app.rakor.service.events import Organiser
from app.rakor.service.ticket_book import DoorKeys


class Delivered(NamedTuple):
    """What became of each item, in the order in which they came."""

    check_ins: Sequence[CheckInAnswer]
    signatures: Sequence[SignatureAnswer]


class Bundles(NamedTuple):
    """What a device takes along; nothing of the declaration before that opens."""

    event: Jws
    declaration: Jws | None
    seats: Jws


class OneQrService:
    """Devices that check tickets and let their holders sign."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.events = EventRepository(session, actor)
        self.organiser = Organiser(self.events, actor)
        self.joined = GatheringRepository(session, actor)
        self.seats = InvitedTargetRepository(session)
        self.pairs = SigningDeviceRepository(session)
        self.devices = DeviceRepository(session)
        self.door = EventDeviceService(session, actor, now, keys)
        self.check_ins = CheckInService(session, actor, now, keys)
        self.tickets = TicketSigner(session, keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def pair(self, event_id: UUID, form: PairingIn) -> PairingOut:
        """Let a device of the door collect signatures; its credential stays the one it has."""
        event = await self.organiser.take(event_id, lock=False)
        device = await self._device(event, form.device_id)
        if await self.pairs.of(device.id) is not None:
            raise rules.AlreadyCollects
        made_here = {each.id for each in await self.joined.declarations(event)}
        if form.declaration_id not in made_here:
            raise rules.NotJoined
        label = self.keys.open(device.sealed, device.id).decode()
        wanted = DeviceIn(label=label, valid_hours=form.valid_hours, regions=[], offices=[])
        added = await self._collecting(self.actor).register(form.declaration_id, wanted)
        pair = SigningDevice(
            event_device_id=device.id,
            collecting_device_id=added.device.id,
            declaration_id=form.declaration_id,
            paired_at=self.now,
        )
        self.joined.add(pair)
        await self.journal.record("event.device_paired", event, device_id=str(device.id))
        return PairingOut(device_id=device.id, collecting=added.device, key=added.key)

    async def bundle(self, event_id: UUID) -> Bundles:
        """Everything that a device needs for both, for the device itself."""
        if self.actor.kind is not ActorKind.RECEIPT:
            raise NotFound
        event = await self.door.bundle(event_id)
        pair = await self._pair(self.actor.subject)
        seats = Seats(
            version="netra-seats/1",
            event_id=event_id,
            declaration_id=pair.declaration_id,
            seats=[
                SeatOut(
                    invitation_id=each.invitation_id,
                    target=TargetRef(id=each.target_id, region_id=each.target_region_id),
                )
                for each in await self.seats.of(pair.declaration_id, event_id)
            ],
        )
        signed = DoorKeys(self.keys).seats().sign(seats.model_dump_json().encode())
        return Bundles(event, await self._declared(pair), signed)

    async def deliver(self, event_id: UUID, form: GatheringBatchIn) -> Delivered:
        """Record both in the caller's transaction: who came first, then who signed."""
        event, device = await self._origin(event_id, form.device_id)
        checked: Sequence[CheckInAnswer] = []
        if form.check_ins:
            # Its items were read already, also those that nobody could read.
            batch = CheckInBatchIn.model_construct(device_id=form.device_id, items=form.check_ins)
            checked = await self.check_ins.deliver(event_id, batch)
        return Delivered(checked, await self._sign(event, device, form.signatures))

    async def _sign(
        self, event: Event, device: EventDevice, items: Sequence[Brought]
    ) -> list[SignatureAnswer]:
        """Whatever keeps the device from signing at all is the answer to each item, so that who
        came is recorded all the same."""
        try:
            async with self.session.begin_nested():
                return await self._record(event, device, items) if items else []
        except DomainError as refusal:
            return [refuse(each, refusal) for each in items]

    async def _record(
        self, event: Event, device: EventDevice, items: Sequence[Brought]
    ) -> list[SignatureAnswer]:
        pair = await self._pair(device.id)
        read = await self.tickets.read(event, pair.declaration_id, items)
        sent = [each for each in read if isinstance(each, ItemIn)]
        taken = iter(await self._take(pair, sent) if sent else ())
        return [next(taken) if isinstance(each, ItemIn) else each for each in read]

    async def _take(self, pair: SigningDevice, items: list[ItemIn]) -> list[SignatureAnswer]:
        """In the name of the paired device where the door's own sends; an officer names it."""
        if self.actor.kind is ActorKind.RECEIPT:
            actor, device_id = replace(self.actor, subject_id=pair.collecting_device_id), None
        else:
            actor, device_id = self.actor, pair.collecting_device_id
        batch = BatchIn(device_id=device_id, items=list(items))
        taking = BatchService(self.session, actor, self.now, self.keys)
        return await taking.take(pair.declaration_id, batch)

    async def _origin(self, event_id: UUID, device_id: UUID | None) -> tuple[Event, EventDevice]:
        """The device that sends, or whose items an officer of the organiser sends."""
        if self.actor.kind is ActorKind.RECEIPT:
            device = await self.devices.get(event_id, self.actor.subject)
            if device_id not in (None, device.id):
                raise Invalid(UNKNOWN_DEVICE)
            if device.revoked_at is not None:
                raise EventDeviceRevoked
            return await self.events.held(event_id), device
        event = await self.organiser.take(event_id, lock=False)
        if device_id is None:
            raise Invalid(UNKNOWN_DEVICE)
        return event, await self._device(event, device_id)

    async def _device(self, event: Event, device_id: UUID) -> EventDevice:
        try:
            return await self.devices.get(event.id, device_id)
        except NotFound as missing:
            raise Invalid(UNKNOWN_DEVICE) from missing

    async def _pair(self, device_id: UUID) -> SigningDevice:
        pair = await self.pairs.of(device_id)
        if pair is None:
            raise rules.CollectsNothing
        return pair

    async def _declared(self, pair: SigningDevice) -> Jws | None:
        own = replace(self.actor, subject_id=pair.collecting_device_id)
        try:
            return await self._collecting(own).bundle(pair.declaration_id)
        except steps.NotOpen:
            return None

    def _collecting(self, actor: Actor) -> DeviceService:
        return DeviceService(self.session, actor, self.now, self.keys)
