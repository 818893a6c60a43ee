from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.audit.models import JournalEntry
from app.complaints.models import Complaint
from app.complaints.router.doors import Desk, may_handle, may_read
from app.complaints.schemas.desk import ComplaintFilter, ComplaintOut, ComplaintRow, HistoryOut
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints", "complaints")


@router.get("", response_model=Page[ComplaintRow], dependencies=[may_read])
async def list_complaints(
    wanted: Annotated[ComplaintFilter, Query()], desk: Desk
) -> Found[Complaint]:
    """List the complaints of the reader's area, newest first."""
    return await desk.find(wanted)


@router.get("/{complaint_id}", dependencies=[may_read])
async def read_complaint(complaint_id: UUID, desk: Desk) -> ComplaintOut:
    """Read one complaint with its account; the reporter's identity stays closed."""
    return await desk.read(complaint_id)


@router.get("/{complaint_id}/history", response_model=Page[HistoryOut], dependencies=[may_read])
async def read_complaint_history(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[JournalEntry]:
    """Read what was done with a complaint, newest first."""
    return await desk.history(complaint_id, wanted)


@router.post(
    "/{complaint_id}/review",
    response_model=ComplaintRow,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def begin_review(complaint_id: UUID, desk: Desk) -> Complaint:
    """Take a complaint up: initial review of a report, tracing of initial information."""
    return await desk.begin_review(complaint_id)
