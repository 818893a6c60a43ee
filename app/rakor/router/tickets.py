"""Tickets, and the devices that check them where no network is."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.actors import Permission
from app.core.jws import Jws
from app.core.paging import Found
from app.rakor.router.doors import acts, may_manage
from app.rakor.schemas.answers import InvitationLookupIn
from app.rakor.schemas.clock_corrections import ClockCorrectionIn, ClockCorrectionOut
from app.rakor.schemas.tickets import (
    EventBundleOut,
    EventDeviceAddedOut,
    EventDeviceFilter,
    EventDeviceIn,
    EventDeviceOut,
    EventTicketOut,
)
from app.rakor.service.clock_corrections import ClockService
from app.rakor.service.devices import EventDeviceService
from app.rakor.service.tickets import TicketService
from app.web.door import anyone, needs
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}", "events")
tickets = rooms("/event-tickets", "events")

may_record = needs(Permission.RECORD_CHECK_INS)

Tickets = Annotated[TicketService, opened(TicketService)]
Clock = Annotated[ClockService, opened(ClockService)]
Devices = Annotated[EventDeviceService, opened(EventDeviceService)]


@tickets.post("", dependencies=[anyone])
async def read_event_ticket(form: InvitationLookupIn, service: Tickets) -> EventTicketOut:
    """Read the ticket of an invitation by its code, also as a QR code; no account is needed.

    A POST, so that the code stands in no address and ends in no log.
    """
    return await service.read(form)


@router.post("/invitations/{invitation_id}/ticket-replacement", status_code=201, dependencies=acts)
async def replace_event_ticket(
    event_id: UUID, invitation_id: UUID, service: Tickets
) -> EventTicketOut:
    """Replace a ticket that was lost or copied; from now on the one before opens no door."""
    return await service.replace(event_id, invitation_id)


@router.post("/devices", status_code=201, dependencies=acts)
async def register_event_device(
    event_id: UUID, form: EventDeviceIn, service: Devices
) -> EventDeviceAddedOut:
    """Register a device that checks tickets; its credential is shown this once.

    The device needs network once more, to take its bundle along, and again to deliver.
    """
    return await service.register(event_id, form)


@router.get("/devices", response_model=Page[EventDeviceOut], dependencies=[may_manage])
async def list_event_devices(
    event_id: UUID, wanted: Annotated[EventDeviceFilter, Query()], service: Devices
) -> Found[EventDeviceOut]:
    """List the devices of an event, newest first."""
    return await service.find(event_id, wanted)


@router.post("/devices/{device_id}/revocation", response_model=EventDeviceOut, dependencies=acts)
async def revoke_event_device(event_id: UUID, device_id: UUID, service: Devices) -> EventDeviceOut:
    """Take a device out of use, because it was lost or is no longer needed.

    What it holds, an officer can still send in its name.
    """
    return await service.revoke(event_id, device_id)


@router.post("/devices/{device_id}/clock-correction", dependencies=acts)
async def correct_device_clock(
    event_id: UUID, device_id: UUID, form: ClockCorrectionIn, clock: Clock
) -> ClockCorrectionOut:
    """Say by how much the clock of a device was wrong: whom it saw on a wrong day counts then.

    Everything else that holds at the door is asked again, at the moment as it really was.
    """
    return await clock.correct(event_id, device_id, form)


@router.get("/bundle", response_model=EventBundleOut, dependencies=[may_record])
async def read_event_bundle(event_id: UUID, service: Devices) -> Jws:
    """Take along what a device needs without network: keys, sessions, invitations, revocations.

    Only for the device itself. Check the signature with the key from its registration, and set the
    clock by `issued_at`; take it again whenever there is a line, for the revocations.
    """
    return await service.bundle(event_id)
