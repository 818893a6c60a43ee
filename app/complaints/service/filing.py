import secrets
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.clocks.rules import Step, midnight
from app.clocks.service import ClockService
from app.complaints.files import sealing
from app.complaints.models import Complaint, ComplaintToIndex
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules import procedure
from app.complaints.rules.procedure import Kind
from app.complaints.schemas.filing import (
    ComplaintIn,
    FiledOut,
    OfficeOut,
)
from app.complaints.service.status import promise_of
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError, Fault, Invalid, NotFound
from app.core.once import Done
from app.core.texts import Text
from app.elections.rules import Regime
from app.elections.service import ElectionService
from app.offices.repository import Handling, OfficeRepository
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

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


class FilingService:
    """What a reporter can do, known by nothing but a receipt."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.offices = OfficeRepository(session)
        self.elections = ElectionService(session)
        self.receipts = ReceiptService(session, keys, now)
        self.clocks = ClockService(session)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def file(self, complaint_id: UUID, form: ComplaintIn) -> Done[FiledOut]:
        """File it exactly once; whoever repeats it gets the first answer, receipt and all."""
        secret = bytes.fromhex(form.receipt_secret or secrets.token_hex(16))
        try:
            handling = await self._handling(form)
            complaint = await self._assess(complaint_id, form, handling)
        except Invalid as refusal:
            return await self._repeat(complaint_id, form, secret, refusal)
        promise = promise_of(complaint, OfficeOut(id=handling.office_id, name=handling.office_name))
        written = self.receipts.write(
            ReceiptKind.COMPLAINT,
            complaint,
            secret,
            form.canonical(),
            promise.model_dump(mode="json"),
        )
        parts = sealing.seal(form, complaint_id, self.keys)
        to_index = ComplaintToIndex(complaint_id=complaint_id)
        if not await self.complaints.add(complaint, *parts, written.receipt, to_index):
            return await self._repeat(complaint_id, form, secret, ConflictingBody())
        await self.journal.record(
            "complaint.filed", complaint, kind=complaint.kind, channel=complaint.channel
        )
        return Done(FiledOut(receipt_code=written.code, **dict(promise)), first=True)

    async def _handling(self, form: ComplaintIn) -> Handling:
        handling = await self.offices.handling(form.event.region_code)
        if handling is None:
            raise Invalid(UNKNOWN_REGION)
        if procedure.is_future(form.event.known_on, self.now):
            raise Invalid(FUTURE_DAY)
        return handling

    async def _assess(self, id: UUID, form: ComplaintIn, handling: Handling) -> Complaint:
        """Decide what it is in law: its kind, when it counts as received, what is due."""
        regime = await self._regime(form.election_code)
        zone = handling.time_zone
        received_at = await self.clocks.receive(self.now, zone, regime)
        kind = procedure.kind_of(has_reporter=form.reporter is not None)
        known_at = midnight(form.event.known_on, ZoneInfo(zone))
        limit = await self.clocks.due(Step.FILE_REPORT, regime, known_at, zone)
        review = await self.clocks.due(REVIEW_STEP[kind], regime, received_at, zone)
        return Complaint(
            id=id,
            region_id=handling.region_id,
            region_code=form.event.region_code,
            kind=kind,
            channel=form.channel,
            status=procedure.FIRST[kind],
            office_id=handling.office_id,
            election_code=form.election_code,
            occurred_on=form.event.occurred_on,
            known_on=form.event.known_on,
            submitted_at=self.now,
            officially_received_at=received_at,
            next_due_on=review.due_on if review else None,
            filed_late=limit is not None and limit.is_missed(received_at),
            reported_count=len(form.reported_persons),
        )

    async def _regime(self, election_code: str | None) -> Regime:
        if election_code is None:
            return Regime.REGIONAL_ELECTION
        try:
            return (await self.elections.get(election_code)).regime
        except NotFound as unknown:
            raise Invalid(UNKNOWN_ELECTION) from unknown

    async def _repeat(
        self, id: UUID, form: ComplaintIn, secret: bytes, otherwise: DomainError
    ) -> Done[FiledOut]:
        """Give the first answer again, also where today's reference data would refuse it."""
        try:
            code, answer = await self.receipts.replay(
                ReceiptKind.COMPLAINT, id, secret, form.canonical()
            )
        except ConflictingBody:
            raise otherwise from None
        return Done(FiledOut(receipt_code=code, **answer), first=False)
