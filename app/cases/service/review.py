from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, RequirementCheck
from app.cases.repository.cases import CaseRepository
from app.cases.repository.review import ReviewRepository
from app.cases.rules import completion
from app.cases.rules.refusals import Review, borne_out, proposed
from app.cases.rules.requirements import (
    FORMAL,
    NOT_CORRECTABLE,
    PROPOSALS,
    REQUIREMENTS,
    Requirement,
    correctable,
    is_complete,
)
from app.cases.rules.steps import StepName
from app.cases.schemas.review import (
    CheckIn,
    ChecklistOut,
    CompletionRequestIn,
    RequirementOut,
)
from app.cases.service.completion import CompletionLetters
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.running import Outcome
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.ids import new_id


class ReviewService:
    """The initial review: whether the formal and material requirements are met."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.reviews = ReviewRepository(session)
        self.letters = CompletionLetters(session, actor, now, keys)
        self.steps = Stepping(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def checklist(self, case_id: UUID) -> ChecklistOut:
        """Open the notes; that they were read is an act in the journal."""
        case = await self.cases.get(case_id)
        await self.steps.journal.record("case.read_requirements", case)
        return await self._shown(case)

    async def check(self, case_id: UUID, requirement: Requirement, form: CheckIn) -> ChecklistOut:
        """Write down what was found of one requirement; the same again changes nothing."""
        case, _ = await self.steps.begin(case_id, StepName.CHECK_REQUIREMENTS)
        checks = await self.reviews.checks(case)
        if not self._says(checks.get(requirement), form):
            found = self._write(case, requirement, form, checks.get(requirement))
            await self._follow({**_met(checks), requirement: found.is_met}, case)
            await self.steps.finish(
                case, StepName.CHECK_REQUIREMENTS, requirement=requirement, is_met=form.is_met
            )
        return await self._shown(case)

    async def request_completion(self, case_id: UUID, form: CompletionRequestIn) -> Case:
        """Tell every reporter of the case what is missing; the review waits for the answer."""
        case, row = await self.steps.begin(case_id, StepName.REQUEST_COMPLETION)
        missing = correctable(_met(await self.reviews.checks(case)))
        await self.steps.stop_clock(case, Step.INITIAL_REVIEW, StopReason.WAITING_FOR_REPORTER)
        await self.steps.start_clock(case, Step.COMPLETION)
        text = completion.letter(missing, form.note, *await self._until(case))
        done = await self.steps.finish(
            case, StepName.REQUEST_COMPLETION, row.to, missing=len(missing)
        )
        await self.letters.send(case, text, form.letter_number)
        return done

    async def resume(self, case_id: UUID) -> Case:
        """Go on with the review before the reporter has answered, or where he answered on paper."""
        case, row = await self.steps.begin(case_id, StepName.RESUME_REVIEW)
        await go_on(case, self.steps)
        return await self.steps.finish(case, StepName.RESUME_REVIEW, row.to)

    def _says(self, before: RequirementCheck | None, form: CheckIn) -> bool:
        if before is None:
            return False
        return (before.is_met, self._note(before)) == (form.is_met, form.note)

    def _write(
        self,
        case: Case,
        requirement: Requirement,
        form: CheckIn,
        before: RequirementCheck | None,
    ) -> RequirementCheck:
        id = before.id if before else new_id()
        check = before or RequirementCheck(
            id=id,
            case_id=case.id,
            requirement=requirement,
            is_met=form.is_met,
            checked_at=self.now,
            officer_id=self.actor.id,
        )
        check.is_met, check.checked_at, check.officer_id = form.is_met, self.now, self.actor.id
        check.sealed_note = self.keys.seal(form.note.encode(), id) if form.note else None
        self.reviews.add(check)
        return check

    async def _follow(self, checks: Mapping[Requirement, bool], case: Case) -> None:
        """The registration is due from the moment at which all is there."""
        running = await self.steps.clocks.open_of(case.id, Step.REGISTRATION)
        if is_complete(checks) and not running:
            await self.steps.start_clock(case, Step.REGISTRATION)
        elif not is_complete(checks):
            await self.steps.cancel_clock(case, Step.REGISTRATION)

    async def _until(self, case: Case) -> tuple[datetime | None, ZoneInfo]:
        await self.cases.flush()
        clocks = await self.steps.clocks.open_of(case.id, Step.COMPLETION)
        desk = await self.steps.desk(case)
        return (clocks[0].due_at if clocks else None), ZoneInfo(desk.time_zone)

    async def _shown(self, case: Case) -> ChecklistOut:
        await self.cases.flush()
        checks = await self.reviews.checks(case)
        review = await review_of(case, self.reviews, self.steps)
        follows = proposed(review)
        return ChecklistOut(
            items=[self._item(each, checks.get(each)) for each in Requirement],
            proposal=follows,
            why=TextOut.model_validate(PROPOSALS[follows]),
            was_asked=review.was_asked,
            filed_late=review.filed_late,
            refusal_reasons=borne_out(review),
        )

    def _item(self, requirement: Requirement, check: RequirementCheck | None) -> RequirementOut:
        return RequirementOut(
            requirement=requirement,
            label=TextOut.model_validate(REQUIREMENTS[requirement]),
            is_formal=requirement in FORMAL,
            is_correctable=requirement not in NOT_CORRECTABLE,
            is_met=check.is_met if check else None,
            checked_at=check.checked_at if check else None,
            officer_id=check.officer_id if check else None,
            note=self._note(check) if check else None,
        )

    def _note(self, check: RequirementCheck) -> str | None:
        sealed = check.sealed_note
        return self.keys.open(sealed, check.id).decode() if sealed is not None else None


async def has_run_out(case: Case, steps: Stepping) -> bool:
    """Whether the reporter's time to complete is over, or was when his answer was waited for."""
    await steps.cases.flush()
    given = [each for each in await steps.clocks.all_of(case.id) if each.step is Step.COMPLETION]
    if not given:
        return False
    last = given[-1]
    is_open = last.ended_at is None
    return last.due_at <= steps.now if is_open else last.outcome is Outcome.MISSED


async def review_of(case: Case, reviews: ReviewRepository, steps: Stepping) -> Review:
    """What bears out a refusal of a case, or does not."""
    situation = await steps.situation(case)
    return Review(
        kind=case.kind,
        state=case.state,
        checks=_met(await reviews.checks(case)),
        was_asked=situation.was_asked,
        has_expired=await has_run_out(case, steps),
        all_withdrawn=situation.all_withdrawn,
        filed_late=await reviews.is_late(case),
    )


async def go_on(case: Case, steps: Stepping) -> None:
    """The reporter has answered, or need not: his time ends and the review's goes on."""
    await steps.end_clock(case, Step.COMPLETION)
    await steps.resume_clock(case, Step.INITIAL_REVIEW)


def _met(checks: Mapping[Requirement, RequirementCheck]) -> dict[Requirement, bool]:
    return {each: check.is_met for each, check in checks.items()}
