from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules.counting import midnight
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Desk
from app.clocks.service.deadlines import ClockService
from app.clocks.service.keeper import ClockKeeper
from app.complaints.models.complaints import Complaint
from app.complaints.rules import procedure
from app.complaints.rules.procedure import WITHOUT_ELECTION, Channel, Kind
from app.complaints.schemas.filing import Submission
from app.core.actors import SYSTEM
from app.core.database import Base
from app.core.errors import Fault, Invalid, NotFound
from app.core.texts import Text
from app.elections.rules import Regime
from app.elections.service import ElectionService
from app.offices.repository import Handling, OfficeRepository

# The first clock of a finding starts when the floor above opens its case.
REVIEW_STEP = {Kind.REPORT: Step.INITIAL_REVIEW, Kind.INITIAL_INFORMATION: Step.TRACING}

UNKNOWN_REGION = Fault(
    "/event/region_code",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)
UNKNOWN_ELECTION = Fault(
    "/election_code",
    "unknown-election",
    Text("Pemilihan dengan kode ini tidak ada.", "There is no election with this code."),
)
FUTURE_DAY = Fault(
    "/event/known_on",
    "future-day",
    Text("Hari ini belum terjadi di Indonesia.", "This day has not come in Indonesia."),
)


@dataclass(frozen=True)
class Assessed:
    """A report in the words of the law, and the clock that runs on it (none on a finding)."""

    complaint: Complaint
    clock: Sequence[Base]


class Assessor:
    """Decides what a report is in law, whichever way it came."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.offices = OfficeRepository(session)
        self.elections = ElectionService(session)
        self.clocks = ClockService(session)
        self.keeper = ClockKeeper(session, SYSTEM, now)
        self.now = now

    async def handling(self, form: Submission) -> Handling:
        """The office that has to examine it."""
        handling = await self.offices.handling(form.event.region_code)
        if handling is None:
            raise Invalid(UNKNOWN_REGION)
        if procedure.is_future(form.event.known_on, self.now):
            raise Invalid(FUTURE_DAY)
        return handling

    async def assess(
        self, id: UUID, form: Submission, received_at: datetime, handling: Handling
    ) -> Assessed:
        """Its kind, when it counts as received, what is due; the clocks run from `received_at`."""
        regime = await self._regime(form.election_code)
        zone = handling.time_zone
        officially_at = await self.clocks.receive(received_at, zone, regime)
        complaint = Complaint(
            id=id,
            region_id=handling.region_id,
            region_code=form.event.region_code,
            kind=form.kind,
            channel=Channel(form.channel),
            status=procedure.FIRST[form.kind],
            office_id=handling.office_id,
            election_code=form.election_code,
            occurred_on=form.event.occurred_on,
            known_on=form.event.known_on,
            submitted_at=self.now,
            officially_received_at=officially_at,
            next_due_on=None,
            filed_late=await self._is_late(form.event.known_on, officially_at, regime, zone),
            reported_count=len(form.reported_persons),
        )
        return await self._with_clock(complaint, regime, zone)

    async def _is_late(
        self, known_on: date, officially_at: datetime, regime: Regime, zone: str
    ) -> bool:
        known_at = midnight(known_on, ZoneInfo(zone))
        limit = await self.clocks.due(Step.FILE_REPORT, regime, known_at, zone)
        return limit is not None and limit.is_missed(officially_at)

    async def _with_clock(self, complaint: Complaint, regime: Regime, zone: str) -> Assessed:
        step = REVIEW_STEP.get(complaint.kind)
        if step is None:
            return Assessed(complaint, ())
        desk = Desk(complaint.office_id, zone)
        received_at = complaint.officially_received_at
        rows = await self.keeper.made(complaint, step, regime, received_at, desk)
        complaint.next_due_on = rows[0].due_on if rows else None
        return Assessed(complaint, rows or ())

    async def _regime(self, election_code: str | None) -> Regime:
        if election_code is None:
            return WITHOUT_ELECTION
        try:
            return (await self.elections.get(election_code)).regime
        except NotFound as unknown:
            raise Invalid(UNKNOWN_ELECTION) from unknown
