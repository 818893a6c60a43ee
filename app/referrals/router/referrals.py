from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.audit.models import JournalEntry
from app.clocks.schemas.deadlines import DeadlineOut
from app.core.paging import Found, Slice
from app.referrals.models.following import ControlAction
from app.referrals.models.referrals import Referral
from app.referrals.router.doors import Desk, Forwarding, may_forward, may_read
from app.referrals.schemas.referrals import (
    ReferralActionsOut,
    ReferralFilter,
    ReferralHistoryOut,
    ReferralIn,
    ReferralOut,
    ReferralRow,
)
from app.referrals.schemas.steps import ControlOut, FollowUpOut
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "referrals")


@router.post(
    "/cases/{case_id}/referrals",
    status_code=201,
    response_model=ReferralRow,
    dependencies=[may_forward, idempotent, can_be_rehearsed],
)
async def forward_case(
    case_id: UUID, form: ReferralIn, forwarding: Forwarding, response: Response
) -> Referral:
    """Forward one category of the decision to the authority that is competent for it.

    The authority sees the dossier that is made at this moment, and nothing else of the case.
    """
    return tagged(response, await forwarding.forward(case_id, form))


@router.get("/referrals", response_model=Page[ReferralRow], dependencies=[may_read])
async def list_referrals(wanted: Annotated[ReferralFilter, Query()], desk: Desk) -> Found[Referral]:
    """List the referrals that the reader sees, what is due first at the head.

    With `overdue=true` it is the escalation list; `count=exact` says how many.
    """
    return await desk.find(wanted)


@router.get("/referrals/{referral_id}", dependencies=[may_read])
async def read_referral(referral_id: UUID, desk: Desk, response: Response) -> ReferralOut:
    """Read a referral with its dossier; each reading is recorded."""
    return tagged(response, await desk.read(referral_id))


@router.get("/referrals/{referral_id}/actions", dependencies=[may_read])
async def list_referral_actions(referral_id: UUID, desk: Desk) -> ReferralActionsOut:
    """List every step of a referral: which the asker may take now, and why not the rest."""
    return await desk.actions(referral_id)


@router.get(
    "/referrals/{referral_id}/history",
    response_model=Page[ReferralHistoryOut],
    dependencies=[may_read],
)
async def read_referral_history(
    referral_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[JournalEntry]:
    """Read what was done with a referral, newest first."""
    return await desk.history(referral_id, wanted)


@router.get(
    "/referrals/{referral_id}/deadlines",
    response_model=Page[DeadlineOut],
    dependencies=[may_read],
)
async def list_referral_deadlines(referral_id: UUID, desk: Desk) -> Found[DeadlineOut]:
    """List the clocks of a referral, each with every day of why."""
    return await desk.deadlines(referral_id)


@router.get(
    "/referrals/{referral_id}/follow-ups",
    response_model=Page[FollowUpOut],
    dependencies=[may_read],
)
async def list_follow_ups(
    referral_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[FollowUpOut]:
    """List what was said of each person of a referral, newest first."""
    return await desk.follow_ups(referral_id, wanted)


@router.get(
    "/referrals/{referral_id}/bkn-actions",
    response_model=Page[ControlOut],
    dependencies=[may_read],
)
async def list_bkn_actions(
    referral_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[ControlAction]:
    """List what BKN did because nothing was decided in time, newest first."""
    return await desk.controls(referral_id, wanted)
