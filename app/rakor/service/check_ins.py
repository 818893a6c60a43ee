from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.batches import Unreadable
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, NotFound
from app.core.once import Done
from app.core.outcomes import ItemOutcome
from app.core.paging import Found
from app.core.texts import Text
from app.rakor import files
from app.rakor.models.presence import CheckIn, FailedScan
from app.rakor.repository.events import EventRepository
from app.rakor.repository.presence import CheckInRepository
from app.rakor.repository.tickets import DeviceRepository
from app.rakor.rules.scans import EventDeviceRevoked
from app.rakor.schemas.check_ins import (
    CheckInBatchIn,
    CheckInDetailOut,
    CheckInFilter,
    CheckInIn,
    CheckInItemIn,
    CheckInOut,
    FailedScanFilter,
)
from app.rakor.service.events import Organiser
from app.rakor.service.judging import Origin, Verdict
from app.rakor.service.recording import Recorder

Answer: TypeAlias = tuple[UUID | None, Verdict | Unreadable]
"""The id of an item, where it can be read, and what became of it."""

UNKNOWN_DEVICE: Final = Fault(
    "/device_id",
    "unknown-device",
    Text("Perangkat ini tidak terdaftar di sini.", "This device is not registered here."),
)


class CheckInService:
    """Who came and left, as officers write it down and devices bring it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.check_ins = CheckInRepository(session)
        self.devices = DeviceRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.recorder = Recorder(session, self.events, now, keys)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys

    async def check_in(
        self, event_id: UUID, check_in_id: UUID, form: CheckInIn
    ) -> Done[CheckInOut]:
        """Record it exactly once; a repeat gets the first answer, also after the event closed."""
        event = await self.organiser.take(event_id, lock=False)
        item = _item(check_in_id, form)
        [verdict] = await self.recorder.record(Origin(event, None), [item])
        if verdict.check_in is None:
            raise verdict.refusal or NotFound()
        check_in = CheckInOut.model_validate(verdict.check_in)
        if verdict.outcome is ItemOutcome.REPEATED:
            return Done(check_in, first=False)
        await self.journal.record("check_in.recorded", verdict.check_in, mode=check_in.mode)
        return Done(check_in, first=True)

    async def deliver(self, event_id: UUID, form: CheckInBatchIn) -> list[Answer]:
        """Record what can be recorded in the caller's transaction; answer in the same order."""
        origin = await self._origin(event_id, form.device_id)
        items = [each for each in form.items if isinstance(each, CheckInItemIn)]
        verdicts = await self.recorder.record(origin, items)
        await self._note(origin, verdicts)
        told = zip(items, verdicts, strict=True)
        return [
            (None, each) if isinstance(each, Unreadable) else _answer(*next(told))
            for each in form.items
        ]

    async def find(self, event_id: UUID, wanted: CheckInFilter) -> Found[CheckIn]:
        return await self.check_ins.find(await self.events.get(event_id), wanted)

    async def find_failed(self, event_id: UUID, wanted: FailedScanFilter) -> Found[FailedScan]:
        event = await self.organiser.take(event_id, lock=False)
        return await self.check_ins.find_failed(event, wanted)

    async def read(self, event_id: UUID, check_in_id: UUID) -> CheckInDetailOut:
        """Read one with the name of a walk-in, so the reading is an entry in the journal."""
        event = await self.organiser.take(event_id, lock=False)
        row = await self.check_ins.get(event, check_in_id)
        name = files.open_walk_in(row.sealed, row.id, self.keys) if row.sealed else None
        await self.journal.record("check_in.read", row, named=name is not None)
        return CheckInDetailOut(**dict(CheckInOut.model_validate(row)), name=name)

    async def _origin(self, event_id: UUID, device_id: UUID | None) -> Origin:
        """The device that sends, or whose items an officer of the organiser sends."""
        if self.actor.kind is ActorKind.RECEIPT:
            device = await self.devices.get(event_id, self.actor.subject)
            if device_id not in (None, device.id):
                raise Invalid(UNKNOWN_DEVICE)
            if device.revoked_at is not None:
                raise EventDeviceRevoked
            return Origin(await self.events.held(event_id), device)
        event = await self.organiser.take(event_id, lock=False)
        if device_id is None:
            return Origin(event, None)
        try:
            return Origin(event, await self.devices.get(event_id, device_id))
        except NotFound as missing:
            raise Invalid(UNKNOWN_DEVICE) from missing

    async def _note(self, origin: Origin, verdicts: Sequence[Verdict]) -> None:
        counts = Counter(each.outcome for each in verdicts)
        if counts[ItemOutcome.RECORDED]:
            await self.journal.record(
                "check_ins.delivered",
                origin.event,
                device_id=str(origin.device.id) if origin.device else "",
                recorded=counts[ItemOutcome.RECORDED],
                refused=counts[ItemOutcome.REFUSED],
            )


def _item(check_in_id: UUID, form: CheckInIn) -> CheckInItemIn:
    """The same as of a batch, but seen by no device."""
    return CheckInItemIn(
        id=check_in_id,
        invitation_id=form.invitation_id,
        office_name=form.office_name,
        post=form.post,
        name=form.name,
        session_id=form.session_id,
        direction=form.direction,
        mode=form.mode,
        captured_at=form.captured_at,
        nonce=form.nonce,
    )


def _answer(item: CheckInItemIn, verdict: Verdict) -> Answer:
    return item.id, verdict
