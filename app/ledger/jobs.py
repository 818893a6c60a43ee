"""What the worker does with the logs, again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.ledger.rules.logs import LogName
from app.ledger.service.chaining import MOST_CHAINED, JournalChain
from app.ledger.service.publishing import MOST, LogPublisher


@dataclass(frozen=True)
class Publishing:
    """Signs what was added to one log, round by round until nothing waits."""

    sessions: Sessions
    keys: Keyring
    clock: Callable[[], datetime]
    log: LogName

    async def __call__(self) -> None:
        while await self._publish() == MOST:
            pass

    async def _publish(self) -> int:
        async with self.sessions.begin() as session:
            published = await LogPublisher(session, self.keys, self.clock()).publish(self.log)
        return len(published.leaves) if published else 0


@dataclass(frozen=True)
class Chaining:
    """Chains the journal, round by round until nothing waits."""

    sessions: Sessions

    async def __call__(self) -> None:
        while await self._extend() == MOST_CHAINED:
            pass

    async def _extend(self) -> int:
        async with self.sessions.begin() as session:
            return await JournalChain(session).extend()
