from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.clocks.schemas.deadlines import DeadlineOut
from app.clocks.service.telling import told
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.paging import Found, Slice
from app.referrals.files.dossier import open_dossier
from app.referrals.models.following import ControlAction, FollowUp, ReferralPerson, Ruling
from app.referrals.models.referrals import Referral
from app.referrals.rules.stages import possible
from app.referrals.rules.steps import (
    MAP,
    OBJECTIONS,
    STEPS,
    ReferralStep,
    ReferralTransition,
    Standing,
    objection,
)
from app.referrals.schemas.referrals import (
    AuthorityStageOut,
    ReferralActionOut,
    ReferralActionsOut,
    ReferralFilter,
    ReferralOut,
    ReferralRow,
    RulingOut,
    StandingOut,
)
from app.referrals.schemas.steps import FollowUpOut
from app.referrals.service.steps import Followed, ReferralSteps, blocked


class ReferralDesk:
    """What the parties of referrals see of them: each its own, and of the case no more."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = ReferralSteps(session, actor, now)
        self.keys = keys
        self.now = now

    async def find(self, wanted: ReferralFilter) -> Found[Referral]:
        return await self.steps.referrals.find(wanted, self.now)

    async def read(self, referral_id: UUID) -> ReferralOut:
        """Open one with its dossier; reading it is an act in the journal."""
        referral = await self.steps.referrals.get(referral_id)
        known = await self.steps.followed(referral)
        rulings = await self.steps.following.rulings(referral)
        await self.steps.journal.record("referral.read", referral)
        return ReferralOut(
            **dict(ReferralRow.model_validate(referral)),
            dossier=open_dossier(referral.sealed_dossier, referral.id, self.keys),
            standings=_standings(known, rulings),
            stages=[AuthorityStageOut.model_validate(each) for each in known.stages],
            return_reason=self._opened(referral.sealed_return_reason, referral.id),
            result=self._opened(referral.sealed_result, referral.id),
        )

    async def actions(self, referral_id: UUID) -> ReferralActionsOut:
        """Every step: whether whoever asks may take it now, and if not, why."""
        referral = await self.steps.referrals.get(referral_id)
        case = await self.steps.cases.cases.get(referral.case_id)
        standing = await self.steps.standing(referral, case)
        past = await self.steps.following.stages(referral)
        return ReferralActionsOut(
            state=referral.state,
            version=referral.version,
            sides=sorted(standing.sides),
            stages=possible(referral.flow, [each.stage for each in past]),
            items=[_action(step, standing) for step in ReferralStep],
        )

    async def history(self, referral_id: UUID, wanted: Slice) -> Found[JournalEntry]:
        referral = await self.steps.referrals.get(referral_id)
        return await self.steps.journal.history(referral, wanted)

    async def deadlines(self, referral_id: UUID) -> Found[DeadlineOut]:
        """Every clock of the referral, each with the count of its due date."""
        referral = await self.steps.referrals.get(referral_id)
        clocks = await self.steps.clocks.all_of(referral.id)
        return Found([told(each, await self.steps.clocks.explain(each)) for each in clocks])

    async def follow_ups(self, referral_id: UUID, wanted: Slice) -> Found[FollowUpOut]:
        """What was said of each person; the notes are opened, and that is an act."""
        referral = await self.steps.referrals.get(referral_id)
        found = await self.steps.following.find_follow_ups(referral, wanted)
        await self.steps.journal.record("referral.follow_ups_read", referral)
        items = [self._follow_up(each) for each in found.items]
        return Found(items, found.next_cursor, found.total)

    async def controls(self, referral_id: UUID, wanted: Slice) -> Found[ControlAction]:
        referral = await self.steps.referrals.get(referral_id)
        return await self.steps.following.find_controls(referral, wanted)

    def _follow_up(self, row: FollowUp) -> FollowUpOut:
        return FollowUpOut(
            id=row.id,
            person_id=row.person_id,
            status=row.status,
            side=row.side,
            at=row.at,
            office_id=row.office_id,
            note=self._opened(row.sealed_note, row.id),
        )

    def _opened(self, sealed: bytes | None, id: UUID) -> str | None:
        return self.keys.open(sealed, id).decode() if sealed is not None else None


def _standings(known: Followed, rulings: Sequence[Ruling]) -> list[StandingOut]:
    now_blocked = blocked(known.controls)
    return [
        StandingOut(
            person_id=each.person_id,
            subject_group=each.subject_group,
            status=each.status,
            idis_number=each.idis_number,
            is_blocked=each.person_id in now_blocked,
            rulings=[RulingOut.model_validate(one) for one in _in_force(each, rulings)],
        )
        for each in known.persons
    ]


def _in_force(person: ReferralPerson, rulings: Sequence[Ruling]) -> list[Ruling]:
    """Those of the last decree that named him."""
    mine = [each for each in rulings if each.person_id == person.person_id]
    return [each for each in mine if each.at == mine[-1].at]


def _action(step: ReferralStep, now: Standing) -> ReferralActionOut:
    why = objection(step, now)
    row = _row_for(step, now)
    return ReferralActionOut(
        step=step,
        label=TextOut.model_validate(STEPS[step]),
        allowed=why is None,
        objection=why,
        why=TextOut.model_validate(OBJECTIONS[why]) if why else None,
        to=row.to,
        source=row.source,
    )


def _row_for(step: ReferralStep, now: Standing) -> ReferralTransition:
    """The row of the map for this flow, or else for any."""
    rows = [row for row in MAP if row.step is step]
    return next((row for row in rows if now.flow in row.flows), rows[0])
