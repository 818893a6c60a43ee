"""What the worker does for circulars."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.repository.reminders import MOST
from app.circulars.service.mailing import ReminderMailService
from app.circulars.service.reminders import CircularReminderService
from app.clocks.rules.reminding import ReminderKind
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.letters import letter_of
from app.correspondence.files.smtp import MailServer
from app.correspondence.rules.notices import Outcome

_MOST: Final = 200
"""Letters in one round; the next round begins a minute later."""


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


class ReminderMailing:
    """Sends the reminders that are due, each taken, sent and settled by itself.

    No transaction is open while the mail server is spoken to. Should the worker die in between, a
    letter goes out twice.
    """

    def __init__(
        self,
        sessions: Sessions,
        keys: Keyring,
        server: MailServer,
        clock: Callable[[], datetime],
        public_address: str | None,
    ) -> None:
        self.sessions = sessions
        self.keys = keys
        self.server = server
        self.clock = clock
        self.public_address = public_address

    async def __call__(self) -> int:
        """Send what is due, until there is nothing more or the server does not work."""
        for done in range(_MOST):
            reminding = await self._take()
            if reminding is None or await self._send(reminding) is Outcome.AWAY:
                return done
        return _MOST

    async def _take(self) -> Reminding | None:
        async with self.sessions.begin() as session:
            service = ReminderMailService(session, self.clock(), self.keys, self.public_address)
            return await service.take()

    async def _send(self, reminding: Reminding) -> Outcome:
        letter = letter_of(reminding.email, self.server.sender, self.clock(), reminding.words)
        outcome = await self.server.send(letter)
        async with self.sessions.begin() as session:
            service = ReminderMailService(session, self.clock(), self.keys, self.public_address)
            await service.settle(reminding.reminder_id, outcome)
        return outcome
