from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.places import Subject
from app.correspondence.files.letters import begin
from app.correspondence.rules import notices as rules
from app.correspondence.rules.notices import NoticeState, Outcome
from app.correspondence.service.outbox import InHand
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.mails import InvitationMail
from app.rakor.repository.mails import Addressee, MailRepository
from app.rakor.repository.queue import QueueRepository
from app.rakor.rules.attendance import InvitationSeat, is_over, seat_of
from app.rakor.rules.mails import (
    ENDS,
    MailKind,
    Standing,
    is_still_news,
    method_of,
    partstat_of,
    sequence_of,
)
from app.rakor.service.answers import link_of
from app.rakor.service.calendars import Attendee, Invite, on_one_line, write_invitation
from app.rakor.service.mail_text import Letter, body_of, subject_of
from app.rakor.service.mailing import MailQueue

_QUIET: Final = frozenset({MailKind.REMINDER})
"""What can wait until morning; all else may be needed at once."""


class MailSendingService:
    """Writes the letters to invited offices from what is so at the moment of sending."""

    def __init__(
        self,
        session: AsyncSession,
        now: datetime,
        keys: Keyring,
        sender: str,
        public_address: str | None,
    ) -> None:
        self.mails = MailRepository(session)
        self.queue = QueueRepository(session)
        self.again = MailQueue(session, now)
        self.journal = Journal(session, SYSTEM, now)
        self.keys = keys
        self.sender = sender
        self.public_address = public_address
        self.now = now

    async def take(self) -> InHand | None:
        """Take the next that is due and still true; what nobody needs any more is dropped."""
        while (mail := await self.mails.next_due(self.now)) is not None:
            to = await self.mails.addressee(mail)
            if mail.kind in _QUIET:
                mail.due_at = rules.due_at(self.now, ZoneInfo(to.event.time_zone))
                if mail.due_at > self.now:
                    continue
            seat = seat_of(to.invitation.queue_number, await self.queue.last_seated(to.event))
            if to.sealed is None or not is_still_news(mail.kind, await self._standing(to, seat)):
                await self.mails.drop(mail)
                continue
            mail.tries += 1
            mail.taken = mail.asked
            mail.due_at = self.now + rules.LEASE
            mail.sequence = sequence_of(mail.kind, to.event.sequence)
            return InHand(mail.id, await self._write(mail, to, seat, to.sealed))
        return None

    async def settle(self, letter_id: UUID, outcome: Outcome) -> None:
        """Write down what became of it; what was wanted meanwhile goes out once more."""
        event_id = await self.mails.event_of(letter_id)
        if event_id is None:
            return
        # First the event, as everybody does who queues; and nobody changes it before this is told.
        event = await self.mails.hold(event_id)
        mail = await self.mails.get(letter_id)
        if mail is None or mail.state is not NoticeState.PENDING:
            return
        settled = rules.settle(outcome, mail.tries, self.now, ZoneInfo(event.time_zone))
        if isinstance(settled, rules.Again):
            mail.due_at, mail.tries = settled.due_at, settled.tries
            return
        await self._end(mail, settled)
        if settled is NoticeState.SENT:
            await self._follow(event, mail)

    async def _follow(self, event: Event, mail: InvitationMail) -> None:
        """Queue what was wanted while the letter was in hand."""
        if mail.asked > mail.taken:
            await self.again.add(event, mail.kind, [mail.invitation_id], mail.reminder)
        if mail.kind not in ENDS and mail.sequence is not None and mail.sequence < event.sequence:
            await self.again.add(event, MailKind.UPDATE, [mail.invitation_id])

    async def _end(self, mail: InvitationMail, state: NoticeState) -> None:
        mail.state = state
        mail.settled_at = self.now
        place = Subject(mail.event_id, mail.region_id, mail.region_code)
        said = {"invitation": str(mail.invitation_id), "kind": mail.kind}
        await self.journal.record(f"invitation_mail.{state}", place, **said)

    async def _standing(self, to: Addressee, seat: InvitationSeat | None) -> Standing:
        event, invitation = to.event, to.invitation
        return Standing(
            stage=event.stage,
            is_over=is_over(event.ends_on, event.time_zone, self.now),
            is_withdrawn=invitation.withdrawn_at is not None,
            answer=invitation.answer,
            seat=seat,
            sequence=event.sequence,
            told=await self.mails.told(invitation.id),
        )

    async def _write(
        self, mail: InvitationMail, to: Addressee, seat: InvitationSeat | None, sealed: bytes
    ) -> EmailMessage:
        address = files.open_address(sealed, to.invitation.id, self.keys)
        run_down = await self.mails.run_down(to.event)
        link = link_of(self.public_address, address.code) if self.public_address else address.code
        letter = Letter(mail.kind, to.event, run_down, to.invitation, seat, link, self.now)
        written = begin(self.sender, address.email, subject_of(letter), self.now)
        name = on_one_line(to.event.office_name)
        written.replace_header("From", Address(name, addr_spec=self.sender))
        written.set_content(body_of(letter))
        invite = self._invite(mail, to, seat, address.email)
        entry = write_invitation(to.event, run_down, invite, self.now).decode()
        written.add_alternative(
            entry, subtype="calendar", cte="base64", params={"method": invite.method.value}
        )
        return written

    def _invite(
        self, mail: InvitationMail, to: Addressee, seat: InvitationSeat | None, email: str
    ) -> Invite:
        invitation = to.invitation
        attendee = Attendee(
            email=email,
            name=f"{invitation.post}, {invitation.office_name}",
            partstat=partstat_of(invitation.answer, seat),
            is_asked=mail.kind not in ENDS and invitation.answer is None,
        )
        return Invite(
            uid=invitation.id,
            sequence=sequence_of(mail.kind, to.event.sequence),
            method=method_of(mail.kind),
            organiser=self.sender,
            attendee=attendee,
        )
