"""What the worker does for events."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.smtp import MailServer
from app.correspondence.jobs import Sending
from app.correspondence.service.outbox import Outbox
from app.rakor.service.follow_up_mails import FollowUpMailService
from app.rakor.service.mail_reminders import AnswerReminderService
from app.rakor.service.mail_sending import MailSendingService
from app.rakor.service.reminders import FollowUpReminderService


async def remind_of_follow_ups(sessions: Sessions, now: datetime) -> int:
    """Tell the desks of follow-ups, each once; return how many reminders were made."""
    async with sessions.begin() as session:
        return await FollowUpReminderService(session, SYSTEM, now).remind()


async def remind_of_answers(sessions: Sessions, now: datetime) -> int:
    """Queue letters to invited offices that have not answered; return how many."""
    async with sessions.begin() as session:
        return await AnswerReminderService(session, now).remind()


def sending_invitations(
    sessions: Sessions,
    keys: Keyring,
    server: MailServer,
    clock: Callable[[], datetime],
    public_address: str | None,
) -> Sending:
    """Sends invitations, and what follows them."""

    def opened(session: AsyncSession) -> Outbox:
        return MailSendingService(session, clock(), keys, server.sender, public_address)

    return Sending(sessions, server, opened)


def sending_follow_ups(
    sessions: Sessions,
    keys: Keyring,
    server: MailServer,
    clock: Callable[[], datetime],
    public_address: str | None,
) -> Sending:
    """Sends reminders of follow-ups to offices that left an address."""

    def opened(session: AsyncSession) -> Outbox:
        return FollowUpMailService(session, clock(), keys, server.sender, public_address)

    return Sending(sessions, server, opened)
