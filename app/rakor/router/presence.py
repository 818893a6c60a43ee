from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.rakor.router.doors import changes, may_read
from app.rakor.schemas.presence import AttendanceFilter, AttendanceOut, QuorumIn, QuorumOut
from app.rakor.service.presence import AttendanceService
from app.web.opening import opened
from app.web.operation import rooms

router = rooms("/events/{event_id}", "events")

Attendance = Annotated[AttendanceService, opened(AttendanceService)]
Wanted = Annotated[AttendanceFilter, Query()]


@router.get("/attendance", dependencies=[may_read])
async def read_attendance(event_id: UUID, wanted: Wanted, service: Attendance) -> AttendanceOut:
    """Read who was present, represented, excused or absent, office by office.

    Of the whole event, or of one session: to that belongs who was seen at its door, and who had
    come through the door of the event and not yet left.
    """
    return await service.attendance(event_id, wanted.session_id)


@router.put("/quorum", dependencies=changes)
async def put_quorum(event_id: UUID, form: QuorumIn, service: Attendance) -> QuorumOut:
    """Say how many of each category it takes; this takes the place of what was said before."""
    return await service.set_quorum(event_id, form)


@router.get("/quorum", dependencies=[may_read])
async def read_quorum(event_id: UUID, wanted: Wanted, service: Attendance) -> QuorumOut:
    """Read whether enough came, category by category, to the event or to one session."""
    return await service.quorum(event_id, wanted.session_id)
