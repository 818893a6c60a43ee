from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.referrals.models.following import ControlAction, FollowUp, ReferralPerson, Ruling
from app.referrals.models.referrals import Referral
from app.referrals.repository.law import LawRepository
from app.referrals.rules import following as rules
from app.referrals.rules.control import check_control
from app.referrals.rules.forwarding import check_day
from app.referrals.rules.sanctions import SanctionKind, Wanted, chosen
from app.referrals.rules.states import FollowUpStatus, ReferralState, outcome_of
from app.referrals.rules.steps import ReferralStep
from app.referrals.schemas.steps import ControlIn, DecreeIn, FollowUpIn, IdisIn, RulingIn
from app.referrals.service.steps import Held, ReferralSteps


class FollowingService:
    """What becomes of each person: the decree, its record in I'DIS, what BKN does where nothing
    happens, and every other status."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = ReferralSteps(session, actor, now)
        self.law = LawRepository(session)
        self.keys = keys
        self.now = now

    async def decide(self, referral_id: UUID, form: DecreeIn) -> Referral:
        """Record a decree: sanctions of the ladder that was in force, or that nothing is proven;
        of one person the last decree counts."""
        held = await self.steps.begin(referral_id, ReferralStep.DECIDE)
        persons = await self._persons(held)
        rules.check_once([each.person_id for each in form.rulings])
        check_day(form.decree_on, await self._today(held), "/decree_on")
        kinds = await self.law.sanction_kinds()
        for number, ruling in enumerate(form.rulings):
            pointer = f"/rulings/{number}"
            person = rules.one_of(persons, ruling.person_id, f"{pointer}/person_id")
            imposed = _imposed(kinds, ruling, person, form.decree_on, pointer)
            self._rule(held, form, ruling, imposed)
            self._follow(held, person, _status_after(ruling))
        return await self._finish(held, persons.values(), rulings=len(form.rulings))

    async def record_idis(self, referral_id: UUID, form: IdisIn) -> Referral:
        """Record under which number a sanctioned person was entered in I'DIS."""
        held = await self.steps.begin(referral_id, ReferralStep.RECORD_IDIS)
        person = rules.one_of(await self._persons(held), form.person_id, "/person_id")
        if person.status is not FollowUpStatus.SANCTIONED:
            raise rules.NotSanctioned
        person.idis_number = form.number
        person.idis_recorded_at = self.now
        return await self.steps.finish(held)

    async def act(self, referral_id: UUID, form: ControlIn) -> Referral:
        """Record what BKN did because nothing was decided in time, or that it took that back."""
        held = await self.steps.begin(referral_id, ReferralStep.ACT)
        check_day(form.letter_on, await self._today(held), "/letter_on")
        rules.check_subject(form.kind, form.person_id)
        if form.person_id is not None:
            rules.one_of(await self._persons(held), form.person_id, "/person_id")
        known = await self.steps.followed(held.referral)
        past = [each.kind for each in known.controls if each.person_id == form.person_id]
        missed = self.steps.is_response_missed(held.referral, known.clocks)
        check_control(form.kind, past, response_missed=missed)
        self.steps.following.add(self._control(held, form))
        return await self.steps.finish(held, kind=form.kind.value)

    async def follow_up(self, referral_id: UUID, form: FollowUpIn) -> Referral:
        """Record how the matter of one person stands; what was said before stays in the list."""
        held = await self.steps.begin(referral_id, ReferralStep.FOLLOW_UP)
        rules.check_status(form.status, held.referral.flow)
        persons = await self._persons(held)
        person = rules.one_of(persons, form.person_id, "/person_id")
        self._follow(held, person, form.status, form.note)
        return await self._finish(held, persons.values(), status=form.status.value)

    async def _persons(self, held: Held) -> dict[UUID, ReferralPerson]:
        found = await self.steps.following.persons(held.referral)
        return {each.person_id: each for each in found}

    async def _today(self, held: Held) -> date:
        office = await self.steps.offices.get(held.case.office_id)
        return self.now.astimezone(ZoneInfo(office.time_zone)).date()

    async def _finish(
        self, held: Held, persons: Collection[ReferralPerson], **said: str | int
    ) -> Referral:
        """When nobody waits any more, the authority has answered, and its time ends."""
        outcome = outcome_of([each.status for each in persons])
        if outcome is not None:
            await self.steps.end_clocks(held.referral)
        return await self.steps.finish(held, outcome or _still(held.referral), **said)

    def _rule(
        self, held: Held, form: DecreeIn, ruling: RulingIn, imposed: Sequence[SanctionKind]
    ) -> None:
        kinds: Sequence[SanctionKind | None] = imposed or [None]
        self.steps.following.add(*(self._ruling(held, form, ruling, kind) for kind in kinds))

    def _ruling(
        self, held: Held, form: DecreeIn, ruling: RulingIn, kind: SanctionKind | None
    ) -> Ruling:
        months = {each.kind: each.months for each in ruling.sanctions}
        return Ruling(
            referral_id=held.referral.id,
            person_id=ruling.person_id,
            sanction_code=kind.code if kind else None,
            sanction_version=kind.version if kind else None,
            months=months[kind.code] if kind else None,
            decree_number=form.decree_number,
            decree_on=form.decree_on,
            effective_on=ruling.effective_on,
            side=held.side,
            at=self.now,
            office_id=self.steps.actor.office_id,
            actor_id=self.steps.actor.id,
        )

    def _follow(
        self, held: Held, person: ReferralPerson, status: FollowUpStatus, note: str | None = None
    ) -> None:
        person.status = status
        self.steps.following.add(
            FollowUp(
                id=(id := new_id()),
                referral_id=held.referral.id,
                person_id=person.person_id,
                status=status,
                side=held.side,
                at=self.now,
                office_id=self.steps.actor.office_id,
                actor_id=self.steps.actor.id,
                sealed_note=self.keys.seal(note.encode(), id) if note else None,
            )
        )

    def _control(self, held: Held, form: ControlIn) -> ControlAction:
        return ControlAction(
            referral_id=held.referral.id,
            person_id=form.person_id,
            kind=form.kind,
            letter_number=form.letter_number,
            letter_on=form.letter_on,
            side=held.side,
            at=self.now,
            office_id=self.steps.actor.office_id,
            actor_id=self.steps.actor.id,
        )


def _imposed(
    kinds: Sequence[SanctionKind],
    ruling: RulingIn,
    person: ReferralPerson,
    on: date,
    pointer: str,
) -> list[SanctionKind]:
    rules.check_effect(ruling.effective_on, len(ruling.sanctions), pointer)
    rules.check_once([each.kind for each in ruling.sanctions])
    return [
        chosen(
            kinds,
            Wanted(each.kind, each.months, person.subject_group),
            on,
            f"{pointer}/sanctions/{number}",
        )
        for number, each in enumerate(ruling.sanctions)
    ]


def _status_after(ruling: RulingIn) -> FollowUpStatus:
    return FollowUpStatus.SANCTIONED if ruling.sanctions else FollowUpStatus.NOT_PROVEN


def _still(referral: Referral) -> ReferralState:
    """Where a referral stands while somebody in it waits: also where a status was taken back."""
    if referral.concluded_at is not None:
        return referral.state
    return ReferralState.RELAYED if referral.relayed_at else ReferralState.ACKNOWLEDGED
