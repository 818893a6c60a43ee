"""What the worker does for circulars."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.repository.reminders import MOST
from app.circulars.service.mailing import ReminderMailService
from app.circulars.service.reminders import CircularReminderService
from app.clocks.rules.reminding import ReminderKind
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.smtp import MailServer
from app.correspondence.jobs import Sending
from app.correspondence.service.outbox import Outbox


async def remind_addressees(sessions: Sessions, now: datetime) -> int:
    """Tell addressed offices what they owe, each once; return how many were told."""
    return sum([await _remind(sessions, now, kind) for kind in ReminderKind])


async def _remind(sessions: Sessions, now: datetime, kind: ReminderKind) -> int:
    """Until nobody is left, or those of the last part were told by somebody else meanwhile."""
    number, told = 0, MOST
    while told == MOST:
        async with sessions.begin() as session:
            told = await CircularReminderService(session, SYSTEM, now).remind(kind)
        number += told
    return number


def sending_reminders(
    sessions: Sessions,
    keys: Keyring,
    server: MailServer,
    clock: Callable[[], datetime],
    public_address: str | None,
) -> Sending:
    """Sends to addressed offices what they owe."""

    def opened(session: AsyncSession) -> Outbox:
        return ReminderMailService(session, clock(), keys, server.sender, public_address)

    return Sending(sessions, server, opened)
