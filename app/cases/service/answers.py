"""What a reporter does reaches the case in the transaction of the act."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cases.repository.joining import JoiningRepository
from app.cases.repository.persons import PersonRepository
from app.cases.repository.review import ReviewRepository
from app.cases.rules.completion import answers
from app.cases.rules.requirements import correctable
from app.cases.rules.states import OPEN, State
from app.cases.rules.steps import StepName
from app.cases.service.opening import OpeningService
from app.cases.service.review import go_on, has_run_out
from app.cases.service.stepping import Stepping
from app.core.actors import SYSTEM, Actor, ActorKind


class AnswerService:
    """The reporter cannot see the case, so the service itself takes the step for him."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.cases = CaseRepository(session, SYSTEM)
        self.joining = JoiningRepository(session)
        self.persons = PersonRepository(session)
        self.reviews = ReviewRepository(session)
        self.opening = OpeningService(session, SYSTEM, now)
        self.steps = Stepping(session, SYSTEM, now)
        self.journal = Journal(session, SYSTEM, now)

    async def case_of(self, complaint_id: UUID) -> Case | None:
        """Not held yet: most of what comes changes no case, and need not wait for any. None where
        no case was opened."""
        case_id = await self.cases.case_id_of(complaint_id)
        return await self.cases.get(case_id) if case_id else None

    async def name_persons(self, case: Case, complaint_id: UUID) -> None:
        """Whom a supplement names is a person of the case, as long as that is not decided."""
        complaint = await self.opening.complaints.get(complaint_id)
        if case.state not in OPEN or not await self.persons.new_in(case, complaint):
            return
        await self.cases.held(case.id)
        await self.opening.name_persons(case, complaint)
        case.persons = await self.persons.count(case)
        await self.steps.finish(
            case, StepName.NAME_PERSON, act="supplemented", persons=case.persons
        )

    async def resume(self, case: Case, complaint_id: UUID, *, is_file: bool) -> None:
        """Go on with the review, where this can be what the reporter was asked for.

        What comes too late changes nothing by itself: an officer goes on, or refuses. Whoever has
        withdrawn answers nothing.
        """
        if case.state is not State.NEEDS_COMPLETION:
            return
        await self.cases.held(case.id)
        if case.state is not State.NEEDS_COMPLETION or await has_run_out(case, self.steps):
            return
        if not await self._is_kept_up(case, complaint_id):
            return
        checks = await self.reviews.checks(case)
        missing = correctable({each: check.is_met for each, check in checks.items()})
        if answers(missing, is_file=is_file):
            await go_on(case, self.steps)
            await self.steps.finish(case, StepName.RESUME_REVIEW, State.INITIAL_REVIEW)

    async def withdraw(self, case: Case, complaint_id: UUID, at: datetime) -> None:
        """A withdrawn report need not stop a case: an officer says what becomes of it."""
        await self.cases.held(case.id)
        report = await self.joining.present(case, complaint_id)
        if report is None or report.withdrawn_at is not None:
            return
        report.withdrawn_at = at
        case.version += 1
        await self.journal.record(
            "case.report_withdrawn", case, state=case.state, version=case.version
        )

    async def _is_kept_up(self, case: Case, complaint_id: UUID) -> bool:
        report = await self.joining.present(case, complaint_id)
        return report is not None and report.withdrawn_at is None


async def note_supplement(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """The reporter added words, or named somebody."""
    service = AnswerService(session, entry.at)
    case = await service.case_of(entry.subject_id)
    if case is not None:
        await service.name_persons(case, entry.subject_id)
        await service.resume(case, entry.subject_id, is_file=False)


async def note_file(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """The reporter sent a file; one that an officer adds answers nothing."""
    if actor.kind is not ActorKind.RECEIPT:
        return
    service = AnswerService(session, entry.at)
    case = await service.case_of(entry.subject_id)
    if case is None or case.state is not State.NEEDS_COMPLETION:
        return
    # Held, the report can no more be joined to another case or separated from its own.
    await service.opening.complaints.get(entry.subject_id, lock=True)
    case = await service.case_of(entry.subject_id)
    if case is not None:
        await service.resume(case, entry.subject_id, is_file=True)


async def note_withdrawal(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    service = AnswerService(session, entry.at)
    case = await service.case_of(entry.subject_id)
    if case is not None:
        await service.withdraw(case, entry.subject_id, entry.at)
