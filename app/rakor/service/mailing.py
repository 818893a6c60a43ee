"""Which acts make letters to the invited offices: queued in the transaction of the act itself."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.clocks.rules.reminding import ReminderKind
from app.core.actors import Actor
from app.core.places import Placed, Subject
from app.rakor.models.events import Event
from app.rakor.models.mails import InvitationMail
from app.rakor.repository.mails import MailRepository
from app.rakor.rules.mails import ANSWERING, MailKind

_NOW: Final = timedelta()


async def mail_invited(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """Offices were invited: those with an address are written to."""
    queue = MailQueue(session, entry.at)
    await queue.add(
        _event(entry), MailKind.INVITATION, await queue.mails.unwritten(entry.subject_id)
    )


async def mail_change(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """An event was changed: whose calendars hold it as it was before, gets it anew."""
    queue = MailQueue(session, entry.at)
    outdated = await queue.mails.outdated(entry.subject_id, int(entry.payload["sequence"]))
    await queue.add(_event(entry), MailKind.UPDATE, outdated)


async def mail_cancellation(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """An event was cancelled: nobody shall set out for it."""
    queue = MailQueue(session, entry.at)
    await queue.add(
        _event(entry), MailKind.CANCELLATION, await queue.mails.addressed(entry.subject_id)
    )


async def mail_withdrawal(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    await MailQueue(session, entry.at).tell(entry, MailKind.WITHDRAWAL)


async def mail_reissue(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """An invitation got a new code, and perhaps another address: it is sent again."""
    await MailQueue(session, entry.at).tell(entry, MailKind.INVITATION)


async def mail_answer(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    await MailQueue(session, entry.at).tell(entry, MailKind.ANSWER, ANSWERING)


async def mail_seats_given(
    session: AsyncSession, event: Event, invitations: Collection[UUID], now: datetime
) -> None:
    """Offices moved up, perhaps a thousand at once under the lock of the event: the queue calls
    this for all of them, because who listens to the journal hears of each alone."""
    queue = MailQueue(session, now)
    addressed = await queue.mails.addressed(event.id, invitations)
    await queue.add(event, MailKind.SEAT_GIVEN, addressed)


class MailQueue:
    """Queues letters of one moment; without a mail server they wait for one."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.mails = MailRepository(session)
        self.now = now

    async def tell(self, entry: JournalEntry, kind: MailKind, later: timedelta = _NOW) -> None:
        """Write to the one invitation that an entry is about, if it has an address."""
        invitation_id = UUID(entry.payload["invitation"])
        if await self.mails.has_address(invitation_id):
            mail = _mail(_event(entry), invitation_id, kind, self.now)
            mail.due_at = self.now + later
            await self.mails.queue([mail])

    async def add(
        self,
        event: Placed,
        kind: MailKind,
        invitations: Sequence[UUID],
        reminder: ReminderKind | None = None,
    ) -> None:
        mails = [_mail(event, each, kind, self.now, reminder) for each in invitations]
        await self.mails.queue(mails)


def _mail(
    event: Placed,
    invitation_id: UUID,
    kind: MailKind,
    now: datetime,
    reminder: ReminderKind | None = None,
) -> InvitationMail:
    return InvitationMail(
        event_id=event.id,
        invitation_id=invitation_id,
        region_id=event.region_id,
        region_code=event.region_code,
        kind=kind,
        reminder=reminder,
        queued_at=now,
        due_at=now,
    )


def _event(entry: JournalEntry) -> Subject:
    return Subject(entry.subject_id, entry.region_id, entry.region_code)
