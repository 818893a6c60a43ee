from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.circulars.files.letters import remind
from app.circulars.models import CircularReminder
from app.circulars.repository.mailing import ReminderMailRepository
from app.circulars.rules.circulars import day_of, is_over
from app.circulars.service.codes import Codes
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.places import Subject
from app.correspondence.files.letters import letter_of
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import NoticeState, Outcome
from app.correspondence.service.outbox import InHand


class ReminderMailService:
    """Takes the reminders that go out by e-mail one by one, and writes down what became of each."""

    def __init__(
        self,
        session: AsyncSession,
        now: datetime,
        keys: Keyring,
        sender: str,
        public_address: str | None,
    ) -> None:
        self.reminders = ReminderMailRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.sender = sender
        self.public_address = public_address
        self.keys = keys
        self.now = now

    async def take(self) -> InHand | None:
        """Take the next that may go out at this moment, for as long as the lease lasts."""
        while (reminder := await self.reminders.next_due(self.now)) is not None:
            reminding = await self._reminding(reminder)
            if reminding is not None:
                return reminding
        return None

    async def settle(self, letter_id: UUID, outcome: Outcome) -> None:
        """Write down what became of it."""
        reminder = await self.reminders.get(letter_id)
        if reminder is None or reminder.mail is not NoticeState.PENDING:
            return
        _, circular = await self.reminders.about(reminder)
        zone = ZoneInfo(circular.time_zone)
        settled = rules.settle(outcome, reminder.tries, self.now, zone)
        if isinstance(settled, rules.Again):
            reminder.mail_due_at, reminder.tries = settled.due_at, settled.tries
        else:
            await self._end(reminder, settled)

    async def _reminding(self, reminder: CircularReminder) -> InHand | None:
        """Its letter; None where it has nothing to say any more, or may not go out at night."""
        addressee, circular = await self.reminders.about(reminder)
        sealed = addressee.sealed_email
        is_idle = is_over(circular.ended_on, day_of(self.now, circular.time_zone))
        if sealed is None or is_idle or addressee.next_due_on != reminder.due_on:
            reminder.mail = None
            return None
        reminder.mail_due_at = rules.due_at(self.now, ZoneInfo(circular.time_zone))
        if reminder.mail_due_at > self.now:
            return None
        reminder.tries += 1
        reminder.mail_due_at = self.now + rules.LEASE
        address = self.public_address
        link = None if address is None else Codes(self.keys, address).link(addressee)
        email = self.keys.open(sealed, addressee.id).decode()
        words = remind(circular, addressee, (reminder.kind, reminder.due_on), link)
        return InHand(reminder.id, letter_of(email, self.sender, self.now, words))

    async def _end(self, reminder: CircularReminder, state: NoticeState) -> None:
        reminder.mail = state
        subject = Subject(reminder.addressee_id, reminder.region_id, reminder.region_code)
        await self.journal.record(f"reminder.mail_{state}", subject, kind=reminder.kind)
