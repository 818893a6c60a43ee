import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.paging import Found
from app.rakor.models.closings import AttendanceApproval, AttendanceClosing
from app.rakor.repository.closings import ClosingRepository
from app.rakor.repository.events import EventRepository
from app.rakor.rules import events as rules
from app.rakor.rules.closings import check_approval
from app.rakor.rules.minutes import NotChair, check_chair
from app.rakor.schemas.closings import (
    AttendanceClosingDetailOut,
    AttendanceClosingOut,
    ClosingFilter,
)
from app.rakor.service.events import Organiser
from app.rakor.service.presence import AttendanceService


class ClosingService:
    """Signing the attendance list: it is closed, kept, and its hash goes into the journal."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.closings = ClosingRepository(session)
        self.attendance = AttendanceService(session, actor, now, keys)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def close(self, event_id: UUID) -> AttendanceClosing:
        """Keep the list as it stands; what devices bring later stands in the next one."""
        event = await self.organiser.take(event_id)
        rules.check_stage(event.stage, rules.OVER)
        listed, id = await self.attendance.attendance(event.id), new_id()
        content = listed.model_dump_json().encode()
        closing = AttendanceClosing(
            id=id,
            event_id=event.id,
            number=await self.closings.count(event) + 1,
            sha256=hashlib.sha256(content).hexdigest(),
            invited=listed.invited,
            totals={str(each): number for each, number in listed.totals.items()},
            sealed=self.keys.seal(content, id),
            closed_at=self.now,
            closed_by=self.actor.id,
        )
        self.closings.add(closing)
        await self.journal.record(
            "attendance.closed", event, number=closing.number, sha256=closing.sha256
        )
        return closing

    async def approve(self, event_id: UUID, closing_id: UUID, sha256: str) -> AttendanceClosingOut:
        """Sign a closed list, as who presides over the meeting: its hash says which it is."""
        event = await self.events.get(event_id, lock=True)
        check_chair(self.actor.office_id, event.office_id)
        closing = await self.closings.get(event, closing_id)
        before = await self.closings.approvals([closing])
        check_approval(sha256, closing.sha256, is_approved=bool(before))
        if self.actor.id is None:
            raise NotChair
        approval = AttendanceApproval(
            closing_id=closing.id, approved_by=self.actor.id, approved_at=self.now
        )
        self.closings.add(approval)
        await self.journal.record(
            "attendance.approved", event, number=closing.number, sha256=closing.sha256
        )
        return told(closing, approval)

    async def find(self, event_id: UUID, wanted: ClosingFilter) -> Found[AttendanceClosingOut]:
        found = await self.closings.page(await self.events.get(event_id), wanted)
        approvals = await self.closings.approvals(found.items)
        rows = [told(each, approvals.get(each.id)) for each in found.items]
        return Found(rows, found.next_cursor, found.total)

    async def read(self, event_id: UUID, closing_id: UUID) -> AttendanceClosingDetailOut:
        event = await self.events.get(event_id)
        closing = await self.closings.get(event, closing_id)
        content = self.keys.open(closing.sealed, closing.id).decode()
        await self.journal.record("attendance.read", event, number=closing.number)
        approvals = await self.closings.approvals([closing])
        row = told(closing, approvals.get(closing.id))
        return AttendanceClosingDetailOut(**dict(row), content=content)


def told(closing: AttendanceClosing, approval: AttendanceApproval | None) -> AttendanceClosingOut:
    row = AttendanceClosingOut.model_validate(closing)
    if approval is not None:
        row.approved_at, row.approved_by = approval.approved_at, approval.approved_by
    return row
