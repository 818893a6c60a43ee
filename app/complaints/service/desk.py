from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.complaints.files import sealing
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.models.search import ComplaintToIndex
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.desk import DeskRepository
from app.complaints.repository.marks import MarkRepository
from app.complaints.repository.supplements import SupplementRepository
from app.complaints.rules import procedure
from app.complaints.rules.procedure import Part
from app.complaints.schemas.desk import (
    ComplaintFilter,
    ComplaintOut,
    ComplaintRow,
    FinderOut,
    SummaryPatch,
)
from app.complaints.service.status import StatusService, Told
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Stale
from app.core.paging import Found, Slice
from app.correspondence.service.notices import NoticeService
from app.receipts.rules import ReceiptKind


class DeskService:
    """What an officer can do with the complaints of the area."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.lists = DeskRepository(session, actor, now)
        self.marks = MarkRepository(session)
        self.supplements = SupplementRepository(session)
        self.status = StatusService(session, actor, now)
        self.notices = NoticeService(session, now, ReceiptKind.COMPLAINT)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def find(self, wanted: ComplaintFilter) -> Found[Complaint]:
        return await self.lists.find(wanted, wanted)

    async def read(self, complaint_id: UUID) -> ComplaintOut:
        """Read one with its account; reading it is an act of its own in the journal."""
        complaint = await self.complaints.get(complaint_id)
        persons = await self.complaints.persons_in(complaint)
        sealed = await self.complaints.content_of(complaint)
        content = sealing.open_content(sealed, complaint.id, self.keys)
        await self.journal.record("complaint.read", complaint)
        return ComplaintOut(
            **dict(ComplaintRow.model_validate(complaint)),
            **dict(content),
            reported_persons=list(sealing.open_persons(Part.REPORTED, persons, self.keys)),
            witnesses=list(sealing.open_persons(Part.WITNESS, persons, self.keys)),
            finder=self._finder(persons),
            reporter=procedure.pseudonym([p.id for p in persons if p.part is Part.REPORTER]),
            legacy_number=await self.complaints.legacy_number_of(complaint),
            supplements=await self.supplements.count(complaint),
            withdrawal_reason=await self._reason(complaint),
            notice_undeliverable=await self.notices.is_undeliverable(complaint),
        )

    async def history(self, complaint_id: UUID, wanted: Slice) -> Found[JournalEntry]:
        return await self.journal.history(await self.complaints.get(complaint_id), wanted)

    async def begin_review(self, complaint_id: UUID) -> Complaint:
        """Take it up: a report into its initial review, initial information into tracing."""
        complaint = await self.status.taken(complaint_id)
        taken_up = procedure.take_up(complaint.kind, complaint.status)
        told = Told(taken_up, complaint.office_id, complaint.next_due_on)
        await self.status.tell([complaint], told)
        await self.journal.record(f"complaint.{complaint.status}", complaint)
        return complaint

    async def summarise(self, complaint_id: UUID, version: int, patch: SummaryPatch) -> Complaint:
        """Say in the office's own words what it is about; the worker makes them searchable."""
        complaint = await self.complaints.get(complaint_id, lock=True)
        if complaint.version != version:
            raise Stale
        if "summary" in patch.model_fields_set:
            complaint.summary = patch.summary
        complaint.version += 1
        self.marks.add(ComplaintToIndex(complaint_id=complaint.id))
        await self.journal.record("complaint.summarised", complaint, version=complaint.version)
        return complaint

    def _finder(self, persons: Sequence[ComplaintPerson]) -> FinderOut | None:
        finders = sealing.open_persons(Part.FINDER, persons, self.keys)
        return FinderOut.model_validate(finders[0]) if finders else None

    async def _reason(self, complaint: Complaint) -> str | None:
        reason = await self.supplements.reason(complaint)
        return self.keys.open(reason.sealed, reason.id).decode() if reason else None
