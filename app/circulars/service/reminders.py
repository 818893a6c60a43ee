from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.models import CircularReminder
from app.circulars.repository.reminders import CircularReminderRepository
from app.circulars.schemas.reminders import CircularReminderFilter
from app.clocks.rules.reminding import NotYourDesk, ReminderKind, check_desk
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.core.places import Subject
from app.correspondence.service.notices import BY_EMAIL


class CircularReminderService:
    """Tells addressed offices of what they owe that is nearly due, due, or late."""

    def __init__(
        self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring | None = None
    ) -> None:
        self.reminders = CircularReminderRepository(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.by_email = bool(session.info.get(BY_EMAIL))
        self.actor = actor
        self.now = now

    async def find(self, wanted: CircularReminderFilter) -> Found[CircularReminder]:
        return await self.reminders.find(wanted)

    async def read(self, reminder_id: UUID) -> CircularReminder:
        """Note that the desk has read it; reading it again changes nothing."""
        reminder = await self.reminders.lock(reminder_id)
        if reminder.office_id is None:
            raise NotYourDesk
        check_desk(reminder.office_id, self.actor.office_id)
        if reminder.read_at is None:
            reminder.read_at = self.now
            subject = Subject(reminder.addressee_id, reminder.region_id, reminder.region_code)
            await self.journal.record("reminder.read", subject, kind=reminder.kind)
        return reminder

    async def remind(self, kind: ReminderKind) -> int:
        """Tell a part of the offices what has come so far, each once; return how many."""
        told = await self.reminders.make(kind, by_email=self.by_email)
        await self.journal.record_each("addressee.reminded", told, kind=kind)
        return len(told)
