from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.audit.models import JournalEntry
from app.complaints.models import Complaint
from app.complaints.schemas.desk import (
    ComplaintFilter,
    ComplaintOut,
    ComplaintRow,
    HistoryOut,
)
from app.complaints.schemas.filing import (
    ComplaintIn,
    FiledOut,
    PhoneComplaintIn,
    ReceiptOut,
)
from app.complaints.service import DeskService, FilingService
from app.core.actors import Permission
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone, needs
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = APIRouter()
complaints = rooms("/complaints", "complaints")
receipt = rooms("/receipt", "receipt")

may_read = needs(Permission.READ_COMPLAINTS)
may_handle = needs(Permission.HANDLE_COMPLAINTS)
may_follow = needs(Permission.FOLLOW_COMPLAINT)


async def open_filing(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> FilingService:
    return FilingService(session, actor, now, keys)


async def open_desk(session: Session, actor: CurrentActor, now: Now, keys: Keys) -> DeskService:
    return DeskService(session, actor, now, keys)


Filing = Annotated[FilingService, Depends(open_filing)]
Desk = Annotated[DeskService, Depends(open_desk)]


@complaints.put(
    "/{complaint_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[anyone, can_be_rehearsed],
)
async def put_complaint(
    complaint_id: UUID, form: PhoneComplaintIn, filing: Filing, told: Told
) -> FiledOut:
    """File a complaint under an id made by the phone; repeat it until an answer arrives.

    The same body gets the first answer again (200), with the same receipt code; another body
    is refused (409).
    """
    return told.of(await filing.file(complaint_id, form))


@complaints.post("", status_code=201, dependencies=[anyone, idempotent, can_be_rehearsed])
async def file_complaint(form: ComplaintIn, filing: Filing, told: Told) -> FiledOut:
    """File a complaint under an id of ours; send an Idempotency-Key to repeat it safely."""
    return told.of(await filing.file(new_id(), form))


@complaints.get("", response_model=Page[ComplaintRow], dependencies=[may_read])
async def list_complaints(
    wanted: Annotated[ComplaintFilter, Query()], desk: Desk
) -> Found[Complaint]:
    """List the complaints of the reader's area, newest first."""
    return await desk.find(wanted)


@complaints.get("/{complaint_id}", dependencies=[may_read])
async def read_complaint(complaint_id: UUID, desk: Desk) -> ComplaintOut:
    """Read one complaint with its account; the reporter's identity stays closed."""
    return await desk.read(complaint_id)


@complaints.get("/{complaint_id}/history", response_model=Page[HistoryOut], dependencies=[may_read])
async def read_complaint_history(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[JournalEntry]:
    """Read what was done with a complaint, newest first."""
    return await desk.history(complaint_id, wanted)


@complaints.post(
    "/{complaint_id}/review",
    response_model=ComplaintRow,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def begin_review(complaint_id: UUID, desk: Desk) -> Complaint:
    """Take a complaint up: initial review of a report, tracing of initial information."""
    return await desk.begin_review(complaint_id)


@receipt.get("", dependencies=[may_follow])
async def read_receipt(actor: CurrentActor, filing: Filing) -> ReceiptOut:
    """Follow one's own complaint with nothing but the receipt code."""
    return await filing.follow(actor.subject)


router.include_router(complaints)
router.include_router(receipt)
