from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.cases.models.cases import Case
from app.cases.router.doors import Holding, Transfers, may_decide, may_read
from app.cases.schemas.cases import CaseOut
from app.cases.schemas.custody import (
    CustodyOut,
    RejectionIn,
    TakeOverIn,
    TransferFilter,
    TransferIn,
    TransferOut,
)
from app.core.paging import Found, Slice
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "cases")


@router.post(
    "/cases/{case_id}/transfers",
    status_code=201,
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def offer_transfer(case_id: UUID, form: TransferIn, transfers: Transfers) -> TransferOut:
    """Offer a case to the office competent by place or level; it sees the case from now on."""
    return await transfers.offer(case_id, form)


@router.get("/cases/{case_id}/transfers", response_model=Page[TransferOut], dependencies=[may_read])
async def list_transfers_of_case(
    case_id: UUID, wanted: Annotated[Slice, Query()], transfers: Transfers
) -> Found[TransferOut]:
    """List the offers of a case and what became of each, newest first."""
    return await transfers.about(case_id, wanted)


@router.get("/cases/{case_id}/custody", response_model=Page[CustodyOut], dependencies=[may_read])
async def list_custody(case_id: UUID, holding: Holding) -> Found[CustodyOut]:
    """List every office that held the case, from when until when, the first one first."""
    return await holding.chain(case_id)


@router.post(
    "/cases/{case_id}/takeover",
    response_model=CaseOut,
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def take_over(case_id: UUID, form: TakeOverIn, holding: Holding, response: Response) -> Case:
    """Take a case over from an office below; an offer that waits is taken back."""
    return tagged(response, await holding.take_over(case_id, form))


@router.get("/transfers", response_model=Page[TransferOut], dependencies=[may_read])
async def list_transfers(
    wanted: Annotated[TransferFilter, Query()], transfers: Transfers
) -> Found[TransferOut]:
    """List what was offered to your office and from it, newest first."""
    return await transfers.find(wanted)


@router.post(
    "/transfers/{offer_id}/acceptance",
    response_model=CaseOut,
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def accept_transfer(offer_id: UUID, transfers: Transfers, response: Response) -> Case:
    """Take over the case that was offered to your office."""
    return tagged(response, await transfers.accept(offer_id))


@router.post(
    "/transfers/{offer_id}/rejection",
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def reject_transfer(offer_id: UUID, form: RejectionIn, transfers: Transfers) -> TransferOut:
    """Refuse a case that was offered to your office, with a reason; its holder keeps it."""
    return await transfers.reject(offer_id, form.reason)


@router.post(
    "/transfers/{offer_id}/retraction",
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def retract_transfer(offer_id: UUID, transfers: Transfers) -> TransferOut:
    """Take an offer of your office back that nobody has answered."""
    return await transfers.retract(offer_id)
