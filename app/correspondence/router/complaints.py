from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found, Slice
from app.correspondence.router.doors import Desk, may_handle, may_read
from app.correspondence.schemas.messages import DeskMessageOut, MessageIn, ReadIn, UnreadOut
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints/{complaint_id}/messages", "complaints")


@router.get("", response_model=Page[DeskMessageOut], dependencies=[may_read])
async def list_complaint_messages(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[DeskMessageOut]:
    """Read what reporter and offices wrote to each other, newest first; none is marked as read."""
    return await desk.find(complaint_id, wanted)


@router.post("", status_code=201, dependencies=[may_handle, idempotent, can_be_rehearsed])
async def write_complaint_message(
    complaint_id: UUID, form: MessageIn, desk: Desk
) -> DeskMessageOut:
    """Write to the reporter in the name of the office; the officer's name is never shown."""
    return await desk.write(complaint_id, form)


@router.post("/read", dependencies=[may_handle, can_be_rehearsed])
async def mark_complaint_messages_read(complaint_id: UUID, form: ReadIn, desk: Desk) -> UnreadOut:
    """Mark the reporter's messages up to this one as read, for everybody at the desk."""
    return await desk.mark_read(complaint_id, form.up_to)
