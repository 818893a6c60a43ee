from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case, CaseReport
from app.cases.repository.cases import CaseRepository
from app.cases.repository.persons import PersonRepository
from app.cases.rules.states import FIRST, CaseKind
from app.cases.service.custody import CustodyService
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.complaints.models.complaints import Complaint, Matter
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.procedure import WITHOUT_ELECTION
from app.core.actors import SYSTEM, Actor
from app.core.ids import new_id
from app.elections.rules import Regime
from app.elections.service import ElectionService

FIRST_CLOCK: Final = {
    CaseKind.REPORT: Step.INITIAL_REVIEW,
    CaseKind.FINDING: Step.REGISTRATION,
    CaseKind.INITIAL_INFORMATION: Step.TRACING,
}


class OpeningService:
    """How a case begins: a report, a finding or initial information is taken up."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.cases = CaseRepository(session, actor)
        self.persons = PersonRepository(session)
        self.complaints = ComplaintRepository(session, SYSTEM)
        self.elections = ElectionService(session)
        self.steps = Stepping(session, actor, now)
        self.custody = CustodyService(session, now)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def open(self, complaint: Complaint) -> Case:
        """Open a case of one complaint; its holder is the office that took it up."""
        kind = CaseKind(complaint.kind)
        case = Case(
            id=new_id(),
            region_id=complaint.region_id,
            region_code=complaint.region_code,
            office_id=complaint.office_id,
            regime=await self._regime(complaint),
            election_code=complaint.election_code,
            kind=kind,
            state=FIRST[kind],
            occurred_on=complaint.occurred_on,
            received_at=complaint.officially_received_at,
            opened_at=self.now,
        )
        # Under one id, for they are one and the same to two floors.
        self.cases.add(case, Matter(id=case.id))
        await self.cases.flush()
        await self.join(case, complaint)
        await self.custody.begin(case, complaint.office_id, self.now)
        await self._start(case, complaint)
        await self.journal.record("case.open", case, kind=kind, state=case.state)
        return case

    async def join(self, case: Case, complaint: Complaint) -> None:
        """Put a complaint into a case, with the persons whom it names."""
        report = CaseReport(
            case_id=case.id,
            complaint_id=complaint.id,
            joined_at=self.now,
            withdrawn_at=complaint.withdrawn_at,
        )
        self.cases.add(report)
        complaint.matter_id = case.id
        await self.cases.flush()
        case.reports += 1
        await self.name_persons(case, complaint)

    async def name_persons(self, case: Case, complaint: Complaint) -> None:
        """Take over whom a report names, also what a supplement added to it."""
        case.persons += await self.persons.take_over(case, complaint, self.now)

    async def _start(self, case: Case, complaint: Complaint) -> None:
        """The clock of the report goes on as that of the case; older reports have none yet."""
        desk = await self.steps.desk(case)
        await self.steps.clocks.hand_over(complaint.id, case, desk)
        first = FIRST_CLOCK[case.kind]
        if not await self.steps.clocks.open_of(case.id, first):
            await self.steps.start_clock(case, first, complaint.officially_received_at)
        await self.steps.due_again(case)
        await self.steps.tell(case)

    async def _regime(self, complaint: Complaint) -> Regime:
        code = complaint.election_code
        return (await self.elections.get(code)).regime if code else WITHOUT_ELECTION


async def open_case(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """A complaint was taken up, in this very transaction: it becomes a case."""
    opening = OpeningService(session, actor, entry.at)
    complaint = await opening.complaints.get(entry.subject_id)
    if await opening.cases.of_complaint(complaint.id) is None:
        await opening.open(complaint)


async def open_finding(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """A finding needs no review: it is a case from the moment at which it is entered."""
    if entry.payload.get("kind") == CaseKind.FINDING:
        await open_case(session, actor, entry)
