from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case
from app.cases.models.registration import Registration
from app.cases.repository.cases import CaseRepository
from app.cases.repository.registration import RegistrationRepository
from app.cases.repository.review import ReviewRepository
from app.cases.rules import numbers
from app.cases.rules.announcements import TO_BE_TOLD
from app.cases.rules.documents import DocumentKind
from app.cases.rules.numbers import ElectionType, Number, NumberKind
from app.cases.rules.refusals import check_reason
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import CaseKind
from app.cases.rules.steps import StepName
from app.cases.schemas.plenaries import SittingIn
from app.cases.schemas.registration import RegistrationIn
from app.cases.schemas.review import RefusalIn
from app.cases.service.papers import Paper, Papers
from app.cases.service.review import review_of
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.elections.service import ElectionService
from app.offices.repository import OfficeRepository


class RegistrationService:
    """The end of the initial review: a number, or a reason why there is none."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.registrations = RegistrationRepository(session)
        self.reviews = ReviewRepository(session)
        self.offices = OfficeRepository(session)
        self.elections = ElectionService(session)
        self.papers = Papers(session, actor, now, keys)
        self.steps = Stepping(session, actor, now)
        self.actor = actor
        self.now = now

    async def read(self, case_id: UUID) -> Registration:
        return await self.registrations.of(await self.cases.get(case_id))

    async def register(self, case_id: UUID, form: RegistrationIn) -> Case:
        """Give the case the next number of its series; what is refused or undone takes none."""
        case, row = await self.steps.begin(case_id, StepName.REGISTER)
        await self._check_election(case, form.election_type)
        await self._check_plenary(case, form.plenary)
        for ended in (Step.INITIAL_REVIEW, Step.REGISTRATION):
            await self.steps.end_clock(case, ended)
        await self.steps.start_clock(case, Step.HANDLING)
        registration = await self._number(case, form.election_type)
        self.registrations.add(registration)
        case.number, case.registered_at = registration.printed, self.now
        return await self.steps.finish(
            case, StepName.REGISTER, row.to, kind=registration.kind, sequence=registration.sequence
        )

    async def refuse(self, case_id: UUID, form: RefusalIn) -> Case:
        """Do not register the case, for a reason that its facts bear out and that is told."""
        case, row = await self.steps.begin(case_id, StepName.REFUSE_REGISTRATION)
        check_reason(form.reason, await review_of(case, self.reviews, self.steps))
        case.not_registered_reason = form.reason
        await self.papers.keep(case, Paper(kind=DocumentKind.REFUSAL, text=form.note))
        if form.reason is NotRegisteredReason.COMPLETION_EXPIRED:
            await self.steps.end_clock(case, Step.COMPLETION)
        for ended in (Step.INITIAL_REVIEW, Step.REGISTRATION):
            await self.steps.end_clock(case, ended)
        await self.steps.cancel_clocks(case)
        for due in TO_BE_TOLD:
            await self.steps.start_clock(case, due)
        return await self.steps.finish(
            case, StepName.REFUSE_REGISTRATION, row.to, reason=form.reason
        )

    async def _check_election(self, case: Case, wanted: ElectionType) -> None:
        code = case.election_code
        elected = (
            await self.elections.elected_at(code, case.region_code)
            if code
            else numbers.elected_in(case.region_code)
        )
        numbers.check_election(wanted, case.regime, elected)

    async def _check_plenary(self, case: Case, plenary: SittingIn | None) -> None:
        if case.kind is not CaseKind.FINDING:
            if plenary is not None:
                raise Invalid(numbers.NOT_A_FINDING)
            return
        was_adopted = (await self.steps.situation(case)).was_adopted
        if was_adopted is (plenary is not None):
            raise Invalid(numbers.ADOPTED_BEFORE if was_adopted else numbers.PLENARY_MISSING)
        if plenary is not None:
            await self.papers.adopt(case, plenary)

    async def _number(self, case: Case, election: ElectionType) -> Registration:
        """Taken when all else is decided: whoever comes next waits for the end of this work."""
        office = await self.offices.get(case.office_id)
        code = numbers.code_of(office.level, office.own_code)
        kind = NumberKind.FINDING if case.kind is CaseKind.FINDING else NumberKind.REPORT
        today = self.now.astimezone(ZoneInfo(office.time_zone)).date()
        # What was written so far, before anybody waits for us.
        await self.cases.flush()
        sequence = await self.registrations.next_in(office.id, kind, election, today.year)
        numbers.check_sequence(sequence)
        number = Number(
            sequence=sequence,
            kind=kind,
            election=election,
            level=office.level,
            office_code=code,
            month=today.month,
            year=today.year,
        )
        return self._row(case, number)

    def _row(self, case: Case, number: Number) -> Registration:
        return Registration(
            id=case.id,
            office_id=case.office_id,
            kind=number.kind,
            election=number.election,
            level=number.level,
            office_code=number.office_code,
            month=number.month,
            year=number.year,
            sequence=number.sequence,
            printed=number.printed(),
            registered_at=self.now,
            officer_id=self.actor.id,
        )
