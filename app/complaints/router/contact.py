from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.complaints.router.doors import (
    Supplements,
    Withdrawal,
    may_follow,
    may_read,
)
from app.complaints.schemas.contact import AddedOut, SupplementIn, SupplementOut, WithdrawalIn
from app.complaints.schemas.filing import ReceiptOut
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

receipt = rooms("/receipt", "receipt")
desk = rooms("/complaints/{complaint_id}", "complaints")


@receipt.put(
    "/supplements/{supplement_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[may_follow, can_be_rehearsed],
)
async def put_supplement(
    supplement_id: UUID, form: SupplementIn, supplements: Supplements, told: Told
) -> AddedOut:
    """Add what was missing, under an id made by the phone; repeat it until an answer arrives."""
    return told.of(await supplements.put(supplement_id, form))


@receipt.get("/supplements", response_model=Page[AddedOut], dependencies=[may_follow])
async def list_receipt_supplements(
    wanted: Annotated[Slice, Query()], supplements: Supplements
) -> Found[AddedOut]:
    """See what was added and when, newest first, without its content."""
    return await supplements.own(wanted)


@receipt.post("/withdrawal", dependencies=[may_follow, idempotent, can_be_rehearsed])
async def withdraw_complaint(form: WithdrawalIn, withdrawal: Withdrawal) -> ReceiptOut:
    """Take the complaint back; the office may go on with it as a finding."""
    return await withdrawal.withdraw(form)


@desk.get("/supplements", response_model=Page[SupplementOut], dependencies=[may_read])
async def list_complaint_supplements(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], supplements: Supplements
) -> Found[SupplementOut]:
    """Read what the reporter added after filing, newest first."""
    return await supplements.of(complaint_id, wanted)
