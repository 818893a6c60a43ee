"""What the worker does with notices."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.letters import compose
from app.correspondence.files.smtp import MailServer
from app.correspondence.rules.notices import Outcome
from app.correspondence.service.sending import Addressed, SendingService

_MOST: Final = 200
"""Letters in one round; the next round begins a minute later."""


class Sending:
    """Sends the notices that are due, each taken, sent and settled by itself.

    No transaction is open while the mail server is spoken to. Should the worker die in between, a
    letter goes out twice: it says nothing new, and none is lost.
    """

    def __init__(
        self,
        sessions: Sessions,
        keys: Keyring,
        server: MailServer,
        clock: Callable[[], datetime],
    ) -> None:
        self.sessions = sessions
        self.keys = keys
        self.server = server
        self.clock = clock

    async def __call__(self) -> int:
        """Send what is due, until there is nothing more or the server does not work."""
        for done in range(_MOST):
            addressed = await self._take()
            if addressed is None or await self._send(addressed) is Outcome.AWAY:
                return done
        return _MOST

    async def _take(self) -> Addressed | None:
        async with self.sessions.begin() as session:
            return await SendingService(session, self.clock(), self.keys).take()

    async def _send(self, addressed: Addressed) -> Outcome:
        letter = compose(addressed.email, addressed.language, self.server.sender, self.clock())
        outcome = await self.server.send(letter)
        async with self.sessions.begin() as session:
            service = SendingService(session, self.clock(), self.keys)
            await service.settle(addressed.notice_id, outcome)
        return outcome
