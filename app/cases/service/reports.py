from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.cases.models.cases import Case
from app.cases.repository.cases import CaseRepository
from app.cases.repository.joining import JoiningRepository
from app.cases.repository.persons import PersonRepository
from app.cases.rules import joining as rules
from app.cases.rules.joining import Joinable, NotJoinable
from app.cases.rules.states import CaseKind, State
from app.cases.rules.steps import StepName
from app.cases.schemas.reports import CaseReportOut, JoiningIn
from app.cases.service.access import CaseAccess
from app.cases.service.completion import CompletionLetters
from app.cases.service.opening import OpeningService
from app.cases.service.review import has_run_out
from app.cases.service.stepping import Stepping
from app.complaints.models.complaints import Complaint
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.service.reading import ReportReader
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid, NotFound
from app.core.paging import Found, Slice

MERGED: Final = "case.merge"


class CaseReportService:
    """Which reports are handled together: an officer joins them, and takes one out again."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.cases = CaseRepository(session, actor)
        self.joining = JoiningRepository(session)
        self.persons = PersonRepository(session)
        self.complaints = ComplaintRepository(session, actor)
        self.reader = ReportReader(session, actor, now, keys)
        self.opening = OpeningService(session, actor, now)
        self.letters = CompletionLetters(session, actor, now, keys)
        self.steps = Stepping(session, actor, now)
        self.access = CaseAccess(session, now)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def find(self, case_id: UUID, wanted: Slice) -> Found[CaseReportOut]:
        found = await self.joining.find(await self.cases.get(case_id), wanted)
        complaints = await self.joining.complaints(found.items)
        items = [
            CaseReportOut(
                complaint_id=complaint.id,
                kind=complaint.kind,
                channel=complaint.channel,
                status=complaint.status,
                region_code=complaint.region_code,
                submitted_at=complaint.submitted_at,
                officially_received_at=complaint.officially_received_at,
                joined_at=each.joined_at,
                withdrawn_at=each.withdrawn_at,
            )
            for each in found.items
            if (complaint := complaints[each.complaint_id])
        ]
        return Found(items, found.next_cursor, found.total)

    async def join(self, case_id: UUID, form: JoiningIn) -> Case:
        """Handle a report in this case; a case of its own is merged into it with all it has."""
        await self.complaints.matters.hold([form.complaint_id], [case_id])
        case, _ = await self.steps.begin(case_id, StepName.JOIN_REPORT)
        complaint = await self._report(form.complaint_id)
        theirs = await self.cases.case_id_of(complaint.id)
        if theirs == case.id:
            raise NotJoinable(rules.ALREADY_JOINED)
        if theirs is None:
            await self._add(case, complaint)
        else:
            await self._merge(case, await self.cases.held(theirs))
        await self.access.end_lifts(case)
        case.persons = await self.persons.count(case)
        # Where the time is over, there is nothing more to wait for.
        if case.state is State.NEEDS_COMPLETION and not await has_run_out(case, self.steps):
            await self.letters.repeat(case)
        return await self.steps.finish(case, StepName.JOIN_REPORT, reports=case.reports)

    async def separate(self, case_id: UUID, complaint_id: UUID) -> Case:
        """Take a report out into a case of its own, with whom it names; return the new case."""
        case, _ = await self.steps.begin(case_id, StepName.SEPARATE_REPORT)
        report = await self.joining.present(case, complaint_id)
        if report is None:
            raise NotFound
        complaint = await self.complaints.get(complaint_id, lock=True)
        report.separated_at = self.now
        case.reports -= 1
        await self.cases.flush()
        own = await self.opening.open(complaint)
        await self.cases.flush()
        await self.joining.give_back_persons(complaint, case, own)
        await self.opening.name_persons(own, complaint)
        for each in (case, own):
            each.persons = await self.persons.count(each)
        for each in (case, own):
            await self.access.follow_offices(each)
        await self.steps.finish(case, StepName.SEPARATE_REPORT, reports=case.reports)
        return own

    async def _report(self, complaint_id: UUID) -> Complaint:
        try:
            return await self.complaints.get(complaint_id, lock=True)
        except NotFound as unseen:
            raise Invalid(rules.UNKNOWN_REPORT) from unseen

    async def _add(self, case: Case, complaint: Complaint) -> None:
        """A report from which no case was opened yet."""
        joining = Joinable(
            kind=CaseKind(complaint.kind),
            holder=complaint.office_id,
            regime=await self.reader.regime_of(complaint),
            election_code=complaint.election_code,
            is_early=rules.is_untouched(complaint.kind, complaint.status),
        )
        rules.check_joinable(_joinable(case), joining)
        await self.opening.join(case, complaint)
        await self._take_along(complaint.id, joining, complaint.officially_received_at, case)
        await self.journal.record("complaint.joined", complaint)

    async def _merge(self, case: Case, other: Case) -> None:
        """All that another case has becomes part of this one, and the other one ends."""
        offered = (await self.steps.situation(other)).transfer_offered
        joining = _joinable(other, is_offered=offered)
        rules.check_joinable(_joinable(case), joining)
        await self.joining.move_reports(other, case, self.now)
        await self.joining.move_persons(other, case)
        case.reports += other.reports
        await self._take_along(other.id, joining, other.received_at, case)
        other.reports = other.persons = 0
        other.state, other.closed_at, other.merged_into_id = State.CLOSED, self.now, case.id
        other.next_due_at = other.next_due_on = None
        other.version += 1
        await self.access.follow_offices(case)
        await self.journal.record(MERGED, other, state=other.state, version=other.version)

    async def _take_along(
        self, subject_id: UUID, joining: Joinable, received_at: datetime, case: Case
    ) -> None:
        case.received_at = min(case.received_at, received_at)
        case.election_code = case.election_code or joining.election_code
        await self._merge_clocks(subject_id, case)

    async def _merge_clocks(self, subject_id: UUID, case: Case) -> None:
        """Of two clocks for one step the earlier due is kept; what only the other needed ends."""
        clocks = self.steps.clocks
        for clock in await clocks.open_of(subject_id):
            own = next(iter(await clocks.open_of(case.id, clock.step)), None)
            both_run = own is not None and own.stopped_at is None and clock.stopped_at is None
            if own is not None and rules.counts_instead(
                clock.due_at, own.due_at, both_run=both_run
            ):
                await clocks.cancel(own)
            else:
                await clocks.cancel(clock)
        await self.cases.flush()
        await clocks.hand_over(subject_id, case, await self.steps.desk(case))


def _joinable(case: Case, *, is_offered: bool = False) -> Joinable:
    return Joinable(
        kind=case.kind,
        holder=case.office_id,
        regime=case.regime,
        election_code=case.election_code,
        is_early=rules.is_early(case.state),
        is_offered=is_offered,
    )
