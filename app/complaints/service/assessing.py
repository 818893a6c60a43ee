from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules.counting import midnight
from app.clocks.rules.norms import Step
from app.clocks.service.deadlines import ClockService
from app.complaints.models.complaints import Complaint
from app.complaints.rules import procedure
from app.complaints.rules.procedure import WITHOUT_ELECTION, Channel, Kind
from app.complaints.schemas.filing import Submission
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


class Assessor:
    """Decides what a report is in law, whichever way it came."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.offices = OfficeRepository(session)
        self.elections = ElectionService(session)
        self.clocks = ClockService(session)
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
    ) -> Complaint:
        """Its kind, when it counts as received, what is due; the clocks run from `received_at`."""
        regime = await self._regime(form.election_code)
        zone = handling.time_zone
        officially_at = await self.clocks.receive(received_at, zone, regime)
        known_at = midnight(form.event.known_on, ZoneInfo(zone))
        limit = await self.clocks.due(Step.FILE_REPORT, regime, known_at, zone)
        step = REVIEW_STEP.get(form.kind)
        review = await self.clocks.due(step, regime, officially_at, zone) if step else None
        return Complaint(
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
            next_due_on=review.due_on if review else None,
            filed_late=limit is not None and limit.is_missed(officially_at),
            reported_count=len(form.reported_persons),
        )

    async def _regime(self, election_code: str | None) -> Regime:
        if election_code is None:
            return WITHOUT_ELECTION
        try:
            return (await self.elections.get(election_code)).regime
        except NotFound as unknown:
            raise Invalid(UNKNOWN_ELECTION) from unknown
