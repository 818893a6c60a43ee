from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.clocks.models import ClockReminder
from app.clocks.repository.reminders import ReminderRepository
from app.clocks.rules.reminding import ReminderKind, check_desk
from app.clocks.schemas.reminders import ReminderFilter
from app.core.actors import Actor
from app.core.paging import Found
from app.core.places import Subject


class ReminderService:
    """Tells the desks of their deadlines, and notes what they have read."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.reminders = ReminderRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def find(self, wanted: ReminderFilter) -> Found[ClockReminder]:
        return await self.reminders.find(wanted)

    async def read(self, reminder_id: UUID) -> ClockReminder:
        """Note that the desk has read it; reading it again changes nothing."""
        reminder = await self.reminders.lock(reminder_id)
        check_desk(reminder.office_id, self.actor.office_id)
        if reminder.read_at is None:
            reminder.read_at = self.now
            subject = Subject(reminder.subject_id, reminder.region_id, reminder.region_code)
            await self.journal.record("reminder.read", subject, kind=reminder.kind)
        return reminder

    async def remind(self) -> int:
        """Tell every desk what has come since the last round, each once."""
        return sum([await self.reminders.make(kind, self.now) for kind in ReminderKind])
