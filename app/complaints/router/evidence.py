"""The evidence of a complaint: what there is, who opened it, and what keeps it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import StreamingResponse

from app.complaints.router.doors import EvidenceOf, may_follow, may_hold, may_open, may_read
from app.core.paging import Found, Slice
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.evidence.schemas.custody import (
    EvidenceOut,
    HoldIn,
    HoldOut,
    OpeningIn,
    OpeningOut,
    OwnEvidenceOut,
)
from app.web.door import CurrentActor
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/complaints/{complaint_id}", "evidence")
of_receipt = rooms("/receipt/evidence", "receipt")


@router.get("/evidence", response_model=Page[EvidenceOut], dependencies=[may_read])
async def list_evidence(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], evidence: EvidenceOf
) -> Found[EvidenceOut]:
    """List the evidence of a complaint, newest first: what it is, its copy, how long it is kept."""
    return await evidence.find(complaint_id, wanted)


@router.post(
    "/evidence/{evidence_id}/openings",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_open, can_be_rehearsed],
)
async def open_evidence(
    complaint_id: UUID, evidence_id: UUID, form: OpeningIn, evidence: EvidenceOf
) -> StreamingResponse:
    """Open an original with a reason; who did stays on record, and its reporter is told how many.

    The answer is the file as it was sent. The opening is recorded before its first byte leaves.
    """
    return attachment(await evidence.open(complaint_id, evidence_id, form))


@router.get(
    "/evidence/{evidence_id}/openings", response_model=Page[OpeningOut], dependencies=[may_open]
)
async def list_openings(
    complaint_id: UUID,
    evidence_id: UUID,
    wanted: Annotated[Slice, Query()],
    evidence: EvidenceOf,
) -> Found[OpeningOut]:
    """List who opened an original, when and why, newest first."""
    return await evidence.openings(complaint_id, evidence_id, wanted)


@router.get(
    "/evidence/{evidence_id}/copy",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_read],
)
async def read_working_copy(
    complaint_id: UUID, evidence_id: UUID, evidence: EvidenceOf
) -> StreamingResponse:
    """Read the working copy: the picture or the pages, without what they would tell beside."""
    return attachment(await evidence.open_copy(complaint_id, evidence_id))


@router.post(
    "/holds",
    status_code=201,
    dependencies=[may_hold, idempotent, can_be_rehearsed],
)
async def place_hold(complaint_id: UUID, form: HoldIn, evidence: EvidenceOf) -> HoldOut:
    """Keep the evidence of a complaint, whatever retention says, until the hold is released."""
    return await evidence.place_hold(complaint_id, form)


@router.get("/holds", response_model=Page[HoldOut], dependencies=[may_hold])
async def list_holds(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], evidence: EvidenceOf
) -> Found[HoldOut]:
    """List the legal holds on a complaint, newest first."""
    return await evidence.find_holds(complaint_id, wanted)


@router.post("/holds/{hold_id}/release", dependencies=[may_hold, idempotent, can_be_rehearsed])
async def release_hold(complaint_id: UUID, hold_id: UUID, evidence: EvidenceOf) -> HoldOut:
    """Release a legal hold; from then on retention decides again."""
    return await evidence.release_hold(complaint_id, hold_id)


@of_receipt.get("", response_model=Page[OwnEvidenceOut], dependencies=[may_follow])
async def list_own_evidence(
    actor: CurrentActor, wanted: Annotated[Slice, Query()], evidence: EvidenceOf
) -> Found[OwnEvidenceOut]:
    """List the files that came by this receipt, with their hashes and how many opened each."""
    return await evidence.find_own(actor.subject, wanted)
