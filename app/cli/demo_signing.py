"""How people sign at the meetings of the demo: by a click, on a device of the organiser."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.demo_meeting import Guest
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.declarations.rules.kinds import Group, Method
from app.declarations.rules.room import nonce_of
from app.declarations.schemas.batches import BatchIn, ItemIn, SignerIn
from app.declarations.schemas.devices import DeviceIn
from app.declarations.service.batches import BatchService
from app.declarations.service.devices import DeviceService
from app.declarations.service.room_keys import RoomKeys

_DEVICE: Final = DeviceIn(label="Tablet rekaan di meja penerimaan")


class SigningTable:
    """A table in the room with one device, at the moment when people sign."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.devices = DeviceService(session, actor, now, keys)
        self.batches = BatchService(session, actor, now, keys)
        self.room = RoomKeys(keys)
        self.now = now

    async def collect(self, declaration_id: UUID, guests: Iterable[Guest]) -> None:
        """Let all of these guests sign who sign as something."""
        device = (await self.devices.register(declaration_id, _DEVICE)).device
        secret = self.room.secret_of(device.id)
        signing = [(guest, guest.signs) for guest in guests if guest.signs is not None]
        items = [
            ItemIn(
                id=new_id(),
                signer=_signer(guest, group),
                method=Method.CLICK,
                captured_at=self.now,
                sequence=number,
                nonce=nonce_of(secret, number),
            )
            for number, (guest, group) in enumerate(signing, start=1)
        ]
        await self.batches.take(declaration_id, BatchIn(device_id=device.id, items=list(items)))


def _signer(guest: Guest, group: Group) -> SignerIn:
    """The post stands where a name is wanted: no living person signs in a demo."""
    office = guest.office_name or ""
    return SignerIn(
        name=f"{guest.post}, {office} (rekaan)",
        position=guest.post,
        office=office,
        group=group,
        region_code=guest.region_code,
    )
