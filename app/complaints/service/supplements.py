from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files.supplements import open_supplement, seal_persons_of
from app.complaints.models.contact import Supplement
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.supplements import SupplementRepository
from app.complaints.rules import contact as rules
from app.complaints.schemas.contact import AddedOut, SupplementIn, SupplementOut
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody
from app.core.once import Done
from app.core.paging import Found, Slice


class SupplementService:
    """What a reporter adds to a complaint, and how the desk reads it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.supplements = SupplementRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def put(self, supplement_id: UUID, form: SupplementIn) -> Done[AddedOut]:
        """Add it exactly once, however often the phone asks for it."""
        # Held, so that two phones with one receipt number their persons one after the other.
        complaint = await self.complaints.get(self.actor.subject, lock=True)
        before = await self.supplements.get(complaint, supplement_id)
        if before is not None:
            return self._repeat(before, form)
        rules.check_room(await self.supplements.count(complaint))
        sealed = self.keys.seal(form.canonical(), supplement_id)
        supplement = Supplement(
            id=supplement_id, complaint_id=complaint.id, submitted_at=self.now, sealed=sealed
        )
        positions = await self.supplements.next_positions(complaint)
        persons = seal_persons_of(form, complaint, positions, self.keys)
        if not await self.supplements.add(supplement, persons):
            raise ConflictingBody
        complaint.reported_count += len(form.reported_persons)
        await self.journal.record("complaint.supplemented", complaint)
        return Done(self._added(supplement), first=True)

    async def own(self, wanted: Slice) -> Found[AddedOut]:
        complaint = await self.complaints.get(self.actor.subject)
        found = await self.supplements.find(complaint, wanted)
        return Found([self._added(each) for each in found.items], found.next_cursor, found.total)

    async def of(self, complaint_id: UUID, wanted: Slice) -> Found[SupplementOut]:
        """Read them; reading them is an act of its own in the journal."""
        complaint = await self.complaints.get(complaint_id)
        found = await self.supplements.find(complaint, wanted)
        await self.journal.record("complaint.supplements_read", complaint)
        return Found([self._opened(each) for each in found.items], found.next_cursor, found.total)

    def _repeat(self, before: Supplement, form: SupplementIn) -> Done[AddedOut]:
        if self.keys.open(before.sealed, before.id) != form.canonical():
            raise ConflictingBody
        return Done(self._added(before), first=False)

    def _added(self, supplement: Supplement) -> AddedOut:
        content = open_supplement(supplement, self.keys)
        return AddedOut(
            id=supplement.id,
            submitted_at=supplement.submitted_at,
            has_account=content.account is not None,
            reported_persons=len(content.reported_persons),
            witnesses=len(content.witnesses),
            evidence_notes=len(content.evidence_notes),
        )

    def _opened(self, supplement: Supplement) -> SupplementOut:
        return SupplementOut(
            id=supplement.id,
            submitted_at=supplement.submitted_at,
            **dict(open_supplement(supplement, self.keys)),
        )
