import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files import sealing
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules import entries
from app.complaints.schemas.entries import EntryIn
from app.complaints.schemas.filing import FiledOut, OfficeOut
from app.complaints.service.assessing import Assessed, Assessor
from app.complaints.service.status import promise_of
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Invalid
from app.core.ids import new_id
from app.offices.repository import Handling
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService


class EntryService:
    """What an officer enters: for a reporter who came or wrote, or what the office found itself."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.assessor = Assessor(session, now)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def enter(self, form: EntryIn) -> FiledOut:
        """Record it as it came; the code in the answer is for the reporter, and told once.

        A finding has one too: by it its finder, who often has no account, brings files and facts.
        """
        assessed, handling = await self._assess(form)
        complaint = assessed.complaint
        promise = promise_of(complaint, OfficeOut(id=handling.office_id, name=handling.office_name))
        written = self.receipts.write(
            ReceiptKind.COMPLAINT,
            complaint,
            # Forgotten with this request: neither the officer nor we can make the code again.
            secrets.token_bytes(16),
            form.model_dump_json(exclude_defaults=True).encode(),
            promise.model_dump(mode="json"),
        )
        parts = sealing.seal(form, complaint.id, self.keys, form.letter_number, form.finder)
        await self.complaints.add(written.receipt, complaint, *parts, *assessed.clock)
        await self.journal.record(
            "complaint.entered", complaint, kind=complaint.kind, channel=complaint.channel
        )
        return FiledOut(receipt_code=written.code, **dict(promise))

    async def _assess(self, form: EntryIn) -> tuple[Assessed, Handling]:
        handling = await self.assessor.handling(form)
        if not entries.oversees(self.actor, form.event.region_code):
            raise Invalid(entries.OUTSIDE_AREA)
        if form.finder is not None:
            entries.check_finding(
                has_reporter=form.reporter is not None,
                has_number=form.letter_number is not None,
                has_evidence=bool(form.evidence_notes),
            )
        zone = ZoneInfo(handling.time_zone)
        entries.check_received(form.received_at, form.event.known_on, self.now, zone)
        assessed = await self.assessor.assess(new_id(), form, form.received_at, handling)
        assessed.complaint.entered_by = self.actor.id
        assessed.complaint.received_at = form.received_at
        return assessed, handling
