from datetime import datetime
from email.message import EmailMessage
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.clocks.rules.reminding import ReminderKind
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.days import day
from app.core.places import Subject
from app.core.texts import Language, Text
from app.correspondence.files.letters import begin
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import NoticeState, Outcome
from app.correspondence.service.outbox import InHand
from app.rakor import files
from app.rakor.models.followups import FollowUpReminder
from app.rakor.repository.follow_up_mails import FollowUpMailRepository, Reminded
from app.rakor.rules.followups import UNFINISHED, is_still_said
from app.rakor.service.follow_up_page import link_of

SUBJECT: Final = "Pengingat tindak lanjut"
LEADS: Final = {
    ReminderKind.BEFORE: Text(
        "Tindak lanjut berikut segera jatuh tempo.", "This follow-up is due soon."
    ),
    ReminderKind.AT: Text("Tindak lanjut berikut jatuh tempo.", "This follow-up is due."),
    ReminderKind.AFTER: Text(
        "Tindak lanjut berikut sudah lewat jatuh tempo.", "This follow-up is overdue."
    ),
}


class FollowUpMailService:
    """Reminds offices by e-mail of what they promised; most of them have no account here."""

    def __init__(
        self,
        session: AsyncSession,
        now: datetime,
        keys: Keyring,
        sender: str,
        public_address: str | None,
    ) -> None:
        self.mails = FollowUpMailRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.keys = keys
        self.sender = sender
        self.public_address = public_address
        self.now = now

    async def take(self) -> InHand | None:
        """Take the next that is due and still true, outside the night of the venue."""
        while (found := await self.mails.next_due(self.now)) is not None:
            reminder, follow_up = found.reminder, found.follow_up
            if not self._is_true(found):
                reminder.mail_state = None
                await self.mails.flush()
                continue
            reminder.mail_due_at = rules.due_at(self.now, ZoneInfo(follow_up.time_zone))
            if reminder.mail_due_at <= self.now:
                reminder.mail_tries += 1
                reminder.mail_due_at = self.now + rules.LEASE
                return InHand(reminder.id, self._write(found))
            await self.mails.flush()
        return None

    async def settle(self, letter_id: UUID, outcome: Outcome) -> None:
        reminder = await self.mails.lock(letter_id)
        if reminder is None or reminder.mail_state is not NoticeState.PENDING:
            return
        zone = ZoneInfo("Asia/Jakarta")
        settled = rules.settle(outcome, reminder.mail_tries, self.now, zone)
        if isinstance(settled, rules.Again):
            reminder.mail_due_at, reminder.mail_tries = settled.due_at, settled.tries
        else:
            await self._end(reminder, settled)

    async def _end(self, reminder: FollowUpReminder, state: NoticeState) -> None:
        reminder.mail_state = state
        place = Subject(reminder.follow_up_id, reminder.region_id, reminder.region_code)
        await self.journal.record(f"follow_up_mail.{state}", place, kind=reminder.kind)

    def _is_true(self, found: Reminded) -> bool:
        """Of those that waited for a server only what is so today goes out, and nothing old."""
        is_said = is_still_said(found.reminder.kind, found.follow_up.due_at, self.now)
        return is_said and found.follow_up.state in UNFINISHED

    def _write(self, found: Reminded) -> EmailMessage:
        address = files.open_address(found.sealed, found.follow_up.id, self.keys)
        letter = begin(self.sender, address.email, SUBJECT, self.now)
        code = address.code
        way = link_of(self.public_address, code) if self.public_address else code
        parts = [_said(found, way, language) for language in _LANGUAGES]
        letter.set_content("\n\n".join([f"Yth. {found.follow_up.office_name}", *parts]) + "\n")
        return letter


_LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")


def _said(found: Reminded, way: str, language: Language) -> str:
    follow_up, event = found.follow_up, found.event
    facts = (
        (Text("Tindakan", "Action"), follow_up.action),
        (Text("Paling lambat", "Due"), day(follow_up.due_on).to(language)),
        (Text("Kegiatan", "Event"), event.title),
        (Text("Penyelenggara", "Organiser"), event.office_name),
        (Text("Laporkan dengan", "Report with"), way),
    )
    lines = [f"{about.to(language)}: {fact}" for about, fact in facts]
    return "\n".join([LEADS[found.reminder.kind].to(language), *lines])
