from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.service.access import CaseAccess
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound
from app.offices.rules import OfficeKind
from app.referrals.models.following import FollowUp, ReferralPerson, ReferralStage
from app.referrals.models.referrals import Referral
from app.referrals.rules import forwarding as rules
from app.referrals.rules.stages import AuthorityStage, StageTooEarly, entered
from app.referrals.rules.states import FINAL, FollowUpStatus, ReferralState
from app.referrals.rules.steps import ReferralStep
from app.referrals.schemas.steps import (
    AcknowledgementIn,
    AuthorityStageIn,
    ReferralResultIn,
    RelayIn,
    ReturnIn,
)
from app.referrals.service.steps import Held, ReferralSteps

_VERIFYING = (Step.JOINT_VERIFICATION, Step.BAWASLU_VALIDATION)


class AnsweringService:
    """How an authority takes a referral, hands it on, goes through its stages, or sends it back;
    what came on paper, the holder of the case records by the same steps."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = ReferralSteps(session, actor, now)
        self.access = CaseAccess(session, now)
        self.keys = keys
        self.now = now

    async def acknowledge(self, referral_id: UUID, form: AcknowledgementIn) -> Referral:
        held = await self.steps.begin(referral_id, ReferralStep.ACKNOWLEDGE)
        held.referral.acknowledged_at = self.now
        held.referral.acknowledgement_number = form.number
        return await self.steps.finish(held, held.row.to)

    async def give_back(self, referral_id: UUID, form: ReturnIn) -> Referral:
        """Send it back; nothing of it is due any more, and the holder can forward it again."""
        held = await self.steps.begin(referral_id, ReferralStep.RETURN)
        held.referral.returned_at = self.now
        held.referral.sealed_return_reason = self._sealed(form.reason, held.referral)
        await self.steps.close_clocks(held.referral, done=False)
        return await self.steps.finish(held, held.row.to)

    async def relay(self, referral_id: UUID, form: RelayIn) -> Referral:
        """Hand it to the staffing authority, whose time begins."""
        held = await self.steps.begin(referral_id, ReferralStep.RELAY)
        referral = held.referral
        await self._check_relay(held, form)
        referral.relayed_to_id = form.to_office_id
        referral.relayed_at = self.now
        referral.relay_letter_number = form.letter_number
        referral.relay_letter_on = form.letter_on
        if form.to_office_id is not None:
            self.steps.referrals.grant(referral, form.to_office_id, self.now)
        await self._await_decision(held)
        await self.steps.end_clocks(referral, *_VERIFYING)
        desk = form.to_office_id or referral.office_id or held.case.office_id
        await self.steps.start_clock(referral, Step.STAFFING_AUTHORITY_RESPONSE, desk)
        return await self.steps.finish(held, held.row.to)

    async def enter_stage(self, referral_id: UUID, form: AuthorityStageIn) -> Referral:
        """Record that a stage was reached: its clock ends, and that of the next one begins."""
        held = await self.steps.begin(referral_id, ReferralStep.ENTER_STAGE)
        past = await self.steps.following.stages(held.referral)
        row = entered(held.referral.flow, [each.stage for each in past], form.stage, held.side)
        at = form.at or self.now
        if at > self.now or at < (past[-1].at if past else held.referral.forwarded_at):
            raise StageTooEarly
        self.steps.following.add(self._stage(held, form.stage, at))
        if row.ends is not None:
            await self.steps.end_clocks(held.referral, row.ends, at=at)
        if row.starts is not None:
            desk, since = _desk(held, row.starts), _since(held, row.starts, at)
            await self.steps.start_clock(held.referral, row.starts, desk, since)
        return await self.steps.finish(held, stage=form.stage.value)

    async def conclude(self, referral_id: UUID, form: ReferralResultIn) -> Referral:
        """Say what it has come to; the words are sealed."""
        held = await self.steps.begin(referral_id, ReferralStep.CONCLUDE)
        held.referral.concluded_at = self.now
        held.referral.sealed_result = self._sealed(form.text, held.referral)
        await self.steps.close_clocks(held.referral, done=form.followed_up)
        followed, not_followed = ReferralState.FOLLOWED_UP, ReferralState.NOT_FOLLOWED_UP
        return await self.steps.finish(held, followed if form.followed_up else not_followed)

    async def _check_relay(self, held: Held, form: RelayIn) -> None:
        office = await self.steps.offices.get(held.case.office_id)
        today = self.now.astimezone(ZoneInfo(office.time_zone)).date()
        rules.check_day(form.letter_on, today, "/letter_on")
        if form.to_office_id is None:
            return
        try:
            receiver = await self.steps.offices.get(form.to_office_id)
        except NotFound as unknown:
            raise Invalid(rules.UNKNOWN_RECEIVER) from unknown
        if receiver.kind is not OfficeKind.PERSONNEL_AGENCY:
            raise Invalid(rules.NO_PERSONNEL_AGENCY)
        if await self.access.is_walled_off(held.case, receiver.id):
            raise Invalid(rules.WALLED_RECEIVER)

    async def _await_decision(self, held: Held) -> None:
        for person in await self.steps.following.persons(held.referral):
            if person.status not in FINAL:
                self._follow(held, person, FollowUpStatus.AWAITING_STAFFING_AUTHORITY)

    def _follow(self, held: Held, person: ReferralPerson, status: FollowUpStatus) -> None:
        person.status = status
        self.steps.following.add(
            FollowUp(
                referral_id=held.referral.id,
                person_id=person.person_id,
                status=status,
                side=held.side,
                at=self.now,
                office_id=self.steps.actor.office_id,
                actor_id=self.steps.actor.id,
            )
        )

    def _stage(self, held: Held, stage: AuthorityStage, at: datetime) -> ReferralStage:
        return ReferralStage(
            referral_id=held.referral.id,
            stage=stage,
            side=held.side,
            at=at,
            recorded_at=self.now,
            office_id=self.steps.actor.office_id,
            actor_id=self.steps.actor.id,
        )

    def _sealed(self, words: str, referral: Referral) -> bytes:
        return self.keys.seal(words.encode(), referral.id)


def _desk(held: Held, step: Step) -> UUID:
    """What Bawaslu validates is due at the desk of the holder."""
    if step is Step.BAWASLU_VALIDATION:
        return held.case.office_id
    return held.referral.office_id or held.case.office_id


def _since(held: Held, step: Step, at: datetime) -> datetime:
    """The second discussion lies within the five days from the registration."""
    registered = held.case.registered_at
    return registered if step is Step.SECOND_DISCUSSION and registered else at
