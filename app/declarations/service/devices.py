import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import NotAllowed, NotFound
from app.core.forms import TextOut
from app.core.ids import new_id
from app.core.jws import Jws, encode
from app.core.paging import Found
from app.declarations import files
from app.declarations.models.declarations import Declaration, PledgeText
from app.declarations.models.room import CollectingDevice
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.room import Carried, DeviceRepository
from app.declarations.repository.texts import PledgeTextRepository
from app.declarations.rules import room, steps
from app.declarations.rules.kinds import Status
from app.declarations.rules.persons import canonical
from app.declarations.schemas.devices import (
    Bundle,
    BundledDeclaration,
    BundledTarget,
    DeviceAddedOut,
    DeviceFilter,
    DeviceIn,
    DeviceOut,
    JwkOut,
)
from app.declarations.service.room_keys import RoomKeys
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

_SECRET = 16
_OVER = (Status.CLOSED, Status.CANCELLED)


class DeviceService:
    """The devices of the organiser, and what they take along into a room without network."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.declarations = DeclarationRepository(session, actor)
        self.texts = PledgeTextRepository(session)
        self.devices = DeviceRepository(session)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.room = RoomKeys(keys)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def register(self, declaration_id: UUID, form: DeviceIn) -> DeviceAddedOut:
        """Let a device collect; its credential is a receipt for the device, shown this once."""
        declaration = await self.declarations.get(declaration_id)
        if declaration.status in _OVER:
            raise steps.NotOpen
        if self.actor.office_id is None:
            raise NotAllowed
        device = self._device(declaration, self.actor.office_id, form)
        secret = secrets.token_bytes(_SECRET)
        code, receipt = self.receipts.write(ReceiptKind.DEVICE, device, secret, b"", {})
        self.devices.add(device)
        self.session.add(receipt)
        await self.journal.record(
            "device.registered", declaration, device_id=str(device.id), hours=form.valid_hours
        )
        key = JwkOut.model_validate(self.room.signer().public)
        return DeviceAddedOut(device=self._told(device), credential=code, key=key)

    async def find(self, declaration_id: UUID, wanted: DeviceFilter) -> Found[DeviceOut]:
        declaration = await self.declarations.get(declaration_id)
        found = await self.devices.find(declaration.id, wanted)
        return Found([self._told(each) for each in found.items], found.next_cursor, found.total)

    async def revoke(self, declaration_id: UUID, device_id: UUID) -> DeviceOut:
        """Take a device out of use; what it collected before, an officer can still send."""
        declaration = await self.declarations.get(declaration_id)
        device = await self.devices.get(declaration.id, device_id, lock=True)
        if device.revoked_at is not None:
            raise room.DeviceRevoked
        device.revoked_at = self.now
        await self.journal.record("device.revoked", declaration, device_id=str(device.id))
        return self._told(device)

    async def bundle(self, declaration_id: UUID) -> Jws:
        """Give a device what it needs, signed; from then on names lie on it, which is recorded."""
        if self.actor.kind is not ActorKind.RECEIPT:
            raise NotFound
        device = await self.devices.get(declaration_id, self.actor.subject, lock=True)
        room.accept_device(device.expires_at, device.revoked_at, self.now)
        declaration = await self.declarations.held(declaration_id)
        steps.accept_signature(declaration.status)
        targets = await self.devices.carried(device, room.MOST_TARGETS)
        if len(targets) > room.MOST_TARGETS:
            raise room.RosterTooLarge
        text = await self.texts.get(declaration.pledge_text_id)
        device.bundled_at = self.now
        await self.journal.record(
            "bundle.read", declaration, device_id=str(device.id), names=len(targets)
        )
        last = await self.devices.last_sequence(device.id)
        bundle = self._bundle(device, _declared(declaration, text), targets, last)
        return self.room.signer().sign(canonical(bundle.model_dump(mode="json")))

    def _device(
        self, declaration: Declaration, office_id: UUID, form: DeviceIn
    ) -> CollectingDevice:
        id = new_id()
        return CollectingDevice(
            id=id,
            declaration_id=declaration.id,
            region_id=declaration.region_id,
            region_code=declaration.region_code,
            office_id=office_id,
            registered_by=self.actor.id,
            registered_at=self.now,
            expires_at=self.now + timedelta(hours=form.valid_hours),
            regions=form.regions,
            offices=form.offices,
            sealed=self.keys.seal(form.label.encode(), id),
        )

    def _bundle(
        self,
        device: CollectingDevice,
        declaration: BundledDeclaration,
        targets: Sequence[Carried],
        last: int,
    ) -> Bundle:
        return Bundle(
            version="netra-bundle/1",
            device_id=device.id,
            issued_at=self.now,
            valid_from=device.registered_at,
            valid_until=device.expires_at,
            late_until=device.expires_at + room.LATE,
            nonce_secret=encode(self.room.secret_of(device.id)),
            next_sequence=last + 1,
            regions=device.regions or [declaration.region_code],
            declaration=declaration,
            targets=[self._carried(each) for each in targets],
        )

    def _carried(self, target: Carried) -> BundledTarget:
        person = files.open_signer(target.sealed, target.id, self.keys)
        return BundledTarget(
            id=target.id,
            region_id=target.region_id,
            region_code=target.region_code,
            name=person.name,
            position=person.position,
            office=person.office,
            group=target.group,
            role=target.role,
            represents=person.represents,
            signed=target.signed,
            state=target.state,
        )

    def _told(self, device: CollectingDevice) -> DeviceOut:
        return DeviceOut(
            id=device.id,
            declaration_id=device.declaration_id,
            label=self.keys.open(device.sealed, device.id).decode(),
            regions=device.regions,
            offices=device.offices,
            registered_at=device.registered_at,
            expires_at=device.expires_at,
            bundled_at=device.bundled_at,
            revoked_at=device.revoked_at,
        )


def _declared(declaration: Declaration, text: PledgeText) -> BundledDeclaration:
    return BundledDeclaration(
        id=declaration.id,
        kind=declaration.kind,
        title=declaration.title,
        region_code=declaration.region_code,
        place=declaration.place,
        led_by=declaration.led_by,
        text_hash=declaration.text_hash,
        text_title=TextOut.model_validate(text.title),
        opening=TextOut.model_validate(text.opening),
        points=[TextOut.model_validate(each) for each in text.points],
        local_points=declaration.local_points,
    )
