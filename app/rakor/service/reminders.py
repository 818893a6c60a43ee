from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.clocks.rules.reminding import ReminderKind, check_desk
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.paging import Found
from app.core.places import Subject
from app.rakor.models.followups import FollowUpReminder
from app.rakor.repository.reminders import FollowUpReminderRepository
from app.rakor.schemas.reminders import FollowUpReminderFilter


class FollowUpReminderService:
    """Tells the desks of follow-ups that are nearly due, due, or late."""

    def __init__(
        self, session: AsyncSession, actor: Actor, now: datetime, _: Keyring | None = None
    ) -> None:
        self.reminders = FollowUpReminderRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def find(self, wanted: FollowUpReminderFilter) -> Found[FollowUpReminder]:
        return await self.reminders.find(wanted)

    async def read(self, reminder_id: UUID) -> FollowUpReminder:
        """Note that the desk has read it; reading it again changes nothing."""
        reminder = await self.reminders.lock(reminder_id)
        check_desk(reminder.office_id, self.actor.office_id)
        if reminder.read_at is None:
            reminder.read_at = self.now
            subject = Subject(reminder.follow_up_id, reminder.region_id, reminder.region_code)
            await self.journal.record("reminder.read", subject, kind=reminder.kind)
        return reminder

    async def remind(self) -> int:
        """Tell every desk what has come since the last round, each once."""
        number = 0
        for kind in ReminderKind:
            told = await self.reminders.make(kind, self.now)
            await self.journal.record_each("follow_up.reminded", told, kind=kind)
            number += len(told)
        return number
