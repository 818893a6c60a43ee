from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.places import Placed
from app.evidence.models import LegalHold
from app.evidence.repository.custody import HoldRepository
from app.evidence.rules.custody import answerable
from app.evidence.rules.retention import HoldReleased
from app.evidence.schemas.custody import HoldIn, HoldOut


class HoldService:
    """Keeping the evidence of a complaint, whatever retention says, until it is let go."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.holds = HoldRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def place(self, subject: Placed, form: HoldIn) -> HoldOut:
        id = new_id()
        hold = LegalHold(
            id=id,
            subject_id=subject.id,
            region_id=subject.region_id,
            region_code=subject.region_code,
            placed_by=answerable(self.actor).officer_id,
            placed_at=self.now,
            sealed=self.keys.seal(form.reason.encode(), id),
        )
        self.holds.add(hold)
        await self.journal.record("hold.placed", subject, hold_id=str(id))
        return self._told(hold)

    async def find(self, subject: Placed, wanted: Slice) -> Found[HoldOut]:
        found = await self.holds.of(subject.id, wanted)
        return Found([self._told(each) for each in found.items], found.next_cursor, found.total)

    async def release(self, subject: Placed, hold_id: UUID) -> HoldOut:
        hold = await self.holds.get(subject.id, hold_id)
        if hold.released_at is not None:
            raise HoldReleased
        hold.released_by, hold.released_at = answerable(self.actor).officer_id, self.now
        await self.journal.record("hold.released", subject, hold_id=str(hold.id))
        return self._told(hold)

    def _told(self, hold: LegalHold) -> HoldOut:
        return HoldOut(
            id=hold.id,
            reason=self.keys.open(hold.sealed, hold.id).decode(),
            placed_by=hold.placed_by,
            placed_at=hold.placed_at,
            released_by=hold.released_by,
            released_at=hold.released_at,
        )
