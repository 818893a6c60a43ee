from typing import Annotated
from uuid import UUID

from fastapi import Depends

from app.rakor.router.doors import changes, may_read
from app.rakor.schemas.attendance import (
    AttendanceOut,
    CheckInIn,
    CheckInOut,
)
from app.rakor.service.presence import AttendanceService
from app.web.clock import Now
from app.web.database import Session
from app.web.door import CurrentActor
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told

router = rooms("/events", "events")


async def open_attendance(session: Session, actor: CurrentActor, now: Now) -> AttendanceService:
    return AttendanceService(session, actor, now)


Attendance = Annotated[AttendanceService, Depends(open_attendance)]


@router.put(
    "/{event_id}/check-ins/{check_in_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=changes,
)
async def put_check_in(
    event_id: UUID, check_in_id: UUID, form: CheckInIn, service: Attendance, told: Told
) -> CheckInOut:
    """Record a check-in under an id made by the device; repeat it until an answer arrives."""
    return told.of(await service.check_in(event_id, check_in_id, form))


@router.get("/{event_id}/attendance", dependencies=[may_read])
async def read_attendance(event_id: UUID, service: Attendance) -> AttendanceOut:
    """Read who was present, represented, excused or absent, office by office."""
    return await service.attendance(event_id)
