"""How the worker sends what waits in an outbox."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.smtp import MailServer
from app.correspondence.rules.notices import Outcome
from app.correspondence.service.outbox import InHand, Outbox
from app.correspondence.service.sending import SendingService

_MOST: Final = 200
"""Letters in one round; the next round begins a minute later."""


class Sending:
    """Sends the letters of one outbox that are due, each taken, sent and settled by itself.

    No transaction is open while the mail server is spoken to. Should the worker die in between, a
    letter goes out twice: it says nothing new, and none is lost.
    """

    def __init__(
        self, sessions: Sessions, server: MailServer, opened: Callable[[AsyncSession], Outbox]
    ) -> None:
        self.sessions = sessions
        self.server = server
        self.opened = opened

    async def __call__(self) -> int:
        """Send what is due, until there is nothing more or the server does not work."""
        for done in range(_MOST):
            in_hand = await self._take()
            if in_hand is None or await self._send(in_hand) is Outcome.AWAY:
                return done
        return _MOST

    async def _take(self) -> InHand | None:
        async with self.sessions.begin() as session:
            return await self.opened(session).take()

    async def _send(self, in_hand: InHand) -> Outcome:
        outcome = await self.server.send(in_hand.letter)
        async with self.sessions.begin() as session:
            await self.opened(session).settle(in_hand.id, outcome)
        return outcome


def sending_notices(
    sessions: Sessions, keys: Keyring, server: MailServer, clock: Callable[[], datetime]
) -> Sending:
    """Sends to reporters that there is news."""

    def opened(session: AsyncSession) -> Outbox:
        return SendingService(session, clock(), keys, server.sender)

    return Sending(sessions, server, opened)
