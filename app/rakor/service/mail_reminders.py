from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.rakor.models.events import Event
from app.rakor.repository.mails import MailRepository
from app.rakor.rules.mails import MailKind, answers_due, last_reminder, reminded_at
from app.rakor.service.mailing import MailQueue


class AnswerReminderService:
    """Reminds invited offices that have an address and have not answered."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.mails = MailRepository(session)
        self.letters = MailQueue(session, now)
        self.now = now

    async def remind(self) -> int:
        """Queue what has come since the last round, to each office once; return how many."""
        return sum([await self._remind(event) for event in await self.mails.to_come(self.now)])

    async def _remind(self, event: Event) -> int:
        due_on, zone = answers_due(event.answers_due_on, event.starts_on), event.time_zone
        kind = last_reminder(due_on, event.starts_on, zone, self.now)
        if kind is None:
            return 0
        # Who was invited later than that has only just been asked.
        silent = await self.mails.silent(event, kind, reminded_at(kind, due_on, zone))
        await self.letters.add(event, MailKind.REMINDER, silent, kind)
        return len(silent)
