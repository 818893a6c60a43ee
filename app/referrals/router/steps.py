from uuid import UUID

from fastapi import Response

from app.referrals.models.referrals import Referral
from app.referrals.router.doors import Answering, Following, may_answer
from app.referrals.schemas.referrals import ReferralRow
from app.referrals.schemas.steps import (
    AcknowledgementIn,
    AuthorityStageIn,
    ControlIn,
    DecreeIn,
    FollowUpIn,
    IdisIn,
    ReferralResultIn,
    RelayIn,
    ReturnIn,
)
from app.web.etags import tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.rehearsal import can_be_rehearsed

router = rooms("/referrals", "referrals")

_STEP = [may_answer, idempotent, can_be_rehearsed]


@router.post("/{referral_id}/acknowledgement", response_model=ReferralRow, dependencies=_STEP)
async def acknowledge_referral(
    referral_id: UUID, form: AcknowledgementIn, answering: Answering, response: Response
) -> Referral:
    """Acknowledge a referral, with the number under which the authority books it."""
    return tagged(response, await answering.acknowledge(referral_id, form))


@router.post("/{referral_id}/return", response_model=ReferralRow, dependencies=_STEP)
async def return_referral(
    referral_id: UUID, form: ReturnIn, answering: Answering, response: Response
) -> Referral:
    """Return a referral with a reason; the holder can forward the matter again."""
    return tagged(response, await answering.give_back(referral_id, form))


@router.post("/{referral_id}/relay", response_model=ReferralRow, dependencies=_STEP)
async def relay_referral(
    referral_id: UUID, form: RelayIn, answering: Answering, response: Response
) -> Referral:
    """Relay a referral to the staffing authority, whose time to decide begins."""
    return tagged(response, await answering.relay(referral_id, form))


@router.post("/{referral_id}/stages", response_model=ReferralRow, dependencies=_STEP)
async def enter_stage(
    referral_id: UUID, form: AuthorityStageIn, answering: Answering, response: Response
) -> Referral:
    """Record that a stage was reached; the clock of the next one begins."""
    return tagged(response, await answering.enter_stage(referral_id, form))


@router.post("/{referral_id}/decision", response_model=ReferralRow, dependencies=_STEP)
async def decide_sanctions(
    referral_id: UUID, form: DecreeIn, following: Following, response: Response
) -> Referral:
    """Record a decree of the staffing authority: sanctions, or that nothing is proven."""
    return tagged(response, await following.decide(referral_id, form))


@router.post("/{referral_id}/idis", response_model=ReferralRow, dependencies=_STEP)
async def record_idis(
    referral_id: UUID, form: IdisIn, following: Following, response: Response
) -> Referral:
    """Record under which number a sanctioned person was entered in I'DIS."""
    return tagged(response, await following.record_idis(referral_id, form))


@router.post("/{referral_id}/bkn-actions", response_model=ReferralRow, dependencies=_STEP)
async def record_bkn_action(
    referral_id: UUID, form: ControlIn, following: Following, response: Response
) -> Referral:
    """Record that BKN reprimanded, blocked or unblocked because nothing was decided in time."""
    return tagged(response, await following.act(referral_id, form))


@router.post("/{referral_id}/follow-ups", response_model=ReferralRow, dependencies=_STEP)
async def record_follow_up(
    referral_id: UUID, form: FollowUpIn, following: Following, response: Response
) -> Referral:
    """Record how the matter of one person stands."""
    return tagged(response, await following.follow_up(referral_id, form))


@router.post("/{referral_id}/result", response_model=ReferralRow, dependencies=_STEP)
async def conclude_referral(
    referral_id: UUID, form: ReferralResultIn, answering: Answering, response: Response
) -> Referral:
    """Conclude a referral with its result, in words."""
    return tagged(response, await answering.conclude(referral_id, form))
