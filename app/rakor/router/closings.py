from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found
from app.rakor.models.closings import AttendanceClosing
from app.rakor.router.doors import acts, may_read, presides
from app.rakor.schemas.closings import (
    AttendanceApprovalIn,
    AttendanceClosingDetailOut,
    AttendanceClosingOut,
    ClosingFilter,
)
from app.rakor.service.closings import ClosingService
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}/attendance/closings", "events")

Closings = Annotated[ClosingService, opened(ClosingService)]


@router.post("", status_code=201, response_model=AttendanceClosingOut, dependencies=acts)
async def close_attendance(event_id: UUID, service: Closings) -> AttendanceClosing:
    """Close the attendance list of an event that was held; its hash goes into the journal.

    Check-ins that devices bring later are not lost: close it again, and they stand in the next.
    """
    return await service.close(event_id)


@router.get("", response_model=Page[AttendanceClosingOut], dependencies=[may_read])
async def list_attendance_closings(
    event_id: UUID, wanted: Annotated[ClosingFilter, Query()], service: Closings
) -> Found[AttendanceClosingOut]:
    """List the closed attendance lists of an event, newest first."""
    return await service.find(event_id, wanted)


@router.get("/{closing_id}", dependencies=[may_read])
async def read_attendance_closing(
    event_id: UUID, closing_id: UUID, service: Closings
) -> AttendanceClosingDetailOut:
    """Read a closed attendance list as it was, to compare its hash with the journal."""
    return await service.read(event_id, closing_id)


@router.post("/{closing_id}/approval", dependencies=presides)
async def approve_attendance(
    event_id: UUID, closing_id: UUID, form: AttendanceApprovalIn, service: Closings
) -> AttendanceClosingOut:
    """Sign a closed attendance list as a member of the organising office, by naming its hash."""
    return await service.approve(event_id, closing_id, form.sha256)
