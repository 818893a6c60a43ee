from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.clocks.models import ClockMove, ClockPreview
from app.clocks.router.doors import Previews, may_manage, may_read
from app.clocks.schemas.previews import (
    MoveFilter,
    MoveOut,
    PreviewedOut,
    PreviewFilter,
    PreviewOut,
    ProposalIn,
)
from app.core.paging import Found
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/clocks", "clocks")


@router.post("/preview", status_code=201, dependencies=[may_manage, idempotent, can_be_rehearsed])
async def preview_change(form: ProposalIn, previews: Previews) -> PreviewedOut:
    """Propose new days off or versions of rules, and see every open clock that would move.

    Only a national office proposes. Nothing changes until another officer approves it.
    """
    return await previews.propose(form)


@router.get("/previews", response_model=Page[PreviewOut], dependencies=[may_read])
async def list_previews(
    wanted: Annotated[PreviewFilter, Query()], previews: Previews
) -> Found[ClockPreview]:
    """List the proposed changes of calendars and rules, newest first."""
    return await previews.find(wanted)


@router.get("/previews/{preview_id}/moves", response_model=Page[MoveOut], dependencies=[may_read])
async def list_moves(
    preview_id: UUID, wanted: Annotated[MoveFilter, Query()], previews: Previews
) -> Found[ClockMove]:
    """List what a proposal would move, in your own area, first due first."""
    return await previews.moves(preview_id, wanted)


@router.post(
    "/previews/{preview_id}/approval",
    response_model=PreviewOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def approve_preview(preview_id: UUID, previews: Previews) -> ClockPreview:
    """Put a proposal of another officer in force, and count every open clock again.

    The dates that the clocks had before stay readable, each with its reason.
    """
    return await previews.approve(preview_id)
