from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson
from app.cases.models.handling import DecidedCategory
from app.cases.rules.decisions import Category
from app.cases.rules.steps import StepName
from app.cases.service.access import CaseAccess
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound
from app.core.ids import new_id
from app.referrals.files.bundle import sha256
from app.referrals.files.dossier import seal_dossier, written
from app.referrals.models.following import ReferralPerson
from app.referrals.models.referrals import Referral
from app.referrals.repository.law import LawRepository
from app.referrals.rules import forwarding as rules
from app.referrals.rules.authorities import Authority, Flow, chosen
from app.referrals.rules.following import first_status
from app.referrals.rules.states import ReferralState
from app.referrals.schemas.dossier import Dossier
from app.referrals.schemas.referrals import ReferralIn
from app.referrals.service.dossiers import DossierMaker
from app.referrals.service.steps import ReferralSteps

FIRST_CLOCK: Final = {
    Flow.ASN_OVERSIGHT: Step.JOINT_VERIFICATION,
    Flow.STAFFING_AUTHORITY: Step.STAFFING_AUTHORITY_RESPONSE,
    Flow.ENFORCEMENT: Step.FIRST_DISCUSSION,
}
"""What is due first, from the moment at which a matter is forwarded."""


class ForwardingService:
    """What the plenary decided leaves the house: to one authority, with a letter and a dossier."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = Stepping(session, actor, now)
        self.steps = ReferralSteps(session, actor, now)
        self.law = LawRepository(session)
        self.access = CaseAccess(session, now)
        self.dossiers = DossierMaker(session, now, keys)
        self.keys = keys
        self.now = now

    async def forward(self, case_id: UUID, form: ReferralIn) -> Referral:
        """Forward one category of the decision; the authority sees the referral from now on, and
        nothing else of the case."""
        case, _ = await self.cases.begin(case_id, StepName.FORWARD)
        decided = await self._decided(case, form.category)
        persons = await self._persons(case, decided, form.person_ids)
        await self._check_day(case, form)
        authority = await self._authority(form, persons)
        await self._check_addressee(case, form.office_id, authority)
        await self._replace(case, form, persons)
        dossier = await self.dossiers.make(case, decided, persons, form)
        referral = self._made(case, authority, form, dossier)
        await self._add(referral, decided, persons)
        await self.access.attach(case, referral.id)
        await self._finish(case, referral)
        return referral

    async def _decided(self, case: Case, category: Category) -> DecidedCategory:
        decided = {each.category: each for each in await self.steps.handling.categories(case)}
        if category not in decided:
            raise Invalid(rules.NOT_DECIDED)
        return decided[category]

    async def _persons(
        self, case: Case, decided: DecidedCategory, wanted: Sequence[UUID] | None
    ) -> Sequence[CasePerson]:
        concerned = {UUID(each) for each in decided.person_ids}
        ids = concerned if wanted is None else set(wanted)
        if not ids <= concerned:
            raise Invalid(rules.UNKNOWN_PERSON)
        return await self.steps.facts.persons(case, ids)

    async def _check_day(self, case: Case, form: ReferralIn) -> None:
        office = await self.steps.offices.get(case.office_id)
        today = self.now.astimezone(ZoneInfo(office.time_zone)).date()
        plenary = await self.steps.handling.decision(case)
        rules.check_letter(form.letter_on, plenary.held_on if plenary else today, today)

    async def _authority(self, form: ReferralIn, persons: Sequence[CasePerson]) -> Authority:
        groups = {each.subject_group for each in persons if each.subject_group is not None}
        authorities = await self.law.authorities()
        return chosen(authorities, form.authority, form.category, form.letter_on, groups)

    async def _check_addressee(
        self, case: Case, office_id: UUID | None, authority: Authority
    ) -> None:
        if office_id is None:
            return
        try:
            office = await self.steps.offices.get(office_id)
        except NotFound as unknown:
            raise Invalid(rules.UNKNOWN_OFFICE) from unknown
        if office.kind is not authority.office_kind:
            raise Invalid(rules.WRONG_OFFICE)
        if await self.access.is_walled_off(case, office.id):
            raise Invalid(rules.WALLED_OFFICE)

    async def _replace(self, case: Case, form: ReferralIn, persons: Sequence[CasePerson]) -> None:
        """What was returned is forwarded again by this; what still waits is not forwarded twice."""
        ids = {each.id for each in persons}
        for each in await self.steps.referrals.of_case(case):
            if each.category is not form.category or each.replaced_at is not None:
                continue
            if each.state is ReferralState.RETURNED:
                each.replaced_at = self.now
            elif each.authority_code == form.authority and await self._concerns(each, ids):
                raise rules.AlreadyForwarded

    async def _concerns(self, referral: Referral, ids: set[UUID]) -> bool:
        there = {each.person_id for each in await self.steps.following.persons(referral)}
        return bool(there & ids) or there == ids

    def _made(self, case: Case, to: Authority, form: ReferralIn, dossier: Dossier) -> Referral:
        return Referral(
            id=(id := new_id()),
            case_id=case.id,
            region_id=case.region_id,
            region_code=case.region_code,
            regime=case.regime,
            category=form.category,
            authority_code=to.code,
            authority_version=to.version,
            flow=to.flow,
            instrument=to.instrument,
            from_office_id=case.office_id,
            office_id=form.office_id,
            letter_number=form.letter_number,
            letter_on=form.letter_on,
            recommended_severity=form.recommendation.severity,
            violation_kinds=[],
            sealed_dossier=seal_dossier(dossier, id, self.keys),
            dossier_sha256=sha256(written(dossier)),
            forwarded_at=self.now,
            forwarded_by=self.steps.actor.id,
            persons=len(dossier.persons),
        )

    async def _add(
        self, referral: Referral, decided: DecidedCategory, persons: Sequence[CasePerson]
    ) -> None:
        referral.violation_kinds = list(decided.violation_kinds)
        self.steps.referrals.add(referral)
        await self.steps.referrals.flush()
        self.steps.following.add(
            *(
                ReferralPerson(
                    referral_id=referral.id,
                    person_id=each.id,
                    subject_group=each.subject_group,
                    status=first_status(referral.flow),
                )
                for each in persons
            )
        )
        if referral.office_id is not None:
            self.steps.referrals.grant(referral, referral.office_id, self.now)
        if referral.flow in FIRST_CLOCK:
            desk = referral.office_id or referral.from_office_id
            await self.steps.start_clock(referral, FIRST_CLOCK[referral.flow], desk)
        await self.steps.due_again(referral)

    async def _finish(self, case: Case, referral: Referral) -> None:
        """The time for forwarding ends when every category that was decided has left the house."""
        to = await self.steps.state_of(case)
        if await self.steps.all_forwarded(case):
            await self.cases.end_clock(case, Step.FORWARDING)
        said = {"category": referral.category.value, "authority": referral.authority_code}
        await self.steps.journal.record("referral.forward", referral, **said)
        await self.cases.finish(case, StepName.FORWARD, to, referral_id=str(referral.id), **said)
