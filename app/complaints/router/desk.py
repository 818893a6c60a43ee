from typing import Annotated
from uuid import UUID

from fastapi import Body, Query, Response

from app.audit.models import JournalEntry
from app.complaints.models.complaints import Complaint
from app.complaints.router.doors import Desk, may_handle, may_read
from app.complaints.schemas.desk import (
    ComplaintFilter,
    ComplaintOut,
    ComplaintRow,
    HistoryOut,
    SummaryPatch,
)
from app.core.paging import Found, Slice
from app.web.etags import IfMatch, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints", "complaints")


@router.get("", response_model=Page[ComplaintRow], dependencies=[may_read])
async def list_complaints(
    wanted: Annotated[ComplaintFilter, Query()], desk: Desk
) -> Found[Complaint]:
    """List the complaints that the reader sees, newest first unless `sort` says otherwise."""
    return await desk.find(wanted)


@router.get("/{complaint_id}", dependencies=[may_read])
async def read_complaint(complaint_id: UUID, desk: Desk, response: Response) -> ComplaintOut:
    """Read one complaint with its account; the reporter's identity stays closed."""
    return tagged(response, await desk.read(complaint_id))


@router.patch(
    "/{complaint_id}", response_model=ComplaintRow, dependencies=[may_handle, can_be_rehearsed]
)
async def summarise_complaint(
    complaint_id: UUID,
    version: IfMatch,
    patch: Annotated[SummaryPatch, Body(media_type="application/merge-patch+json")],
    desk: Desk,
    response: Response,
) -> Complaint:
    """Write the redacted summary of a complaint, by which it can be searched in the open."""
    return tagged(response, await desk.summarise(complaint_id, version, patch))


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
