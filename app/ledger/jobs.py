"""What the worker does with the logs, again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import nan
from typing import Final

from prometheus_client import Gauge
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.ledger.rules.logs import LogName
from app.ledger.service.chaining import MOST_CHAINED, JournalChain
from app.ledger.service.lagging import LedgerLag
from app.ledger.service.publishing import MOST, LogPublisher

CHAIN_LAG: Final = Gauge(
    "netra_ledger_chain_lag_seconds",
    "Age of the oldest committed entry of the journal that is no leaf yet.",
    multiprocess_mode="mostrecent",
)
PUBLISH_LAG: Final = Gauge(
    "netra_ledger_publish_lag_seconds",
    "Age of the oldest leaf of a log that is under no checkpoint yet.",
    ["log"],
    multiprocess_mode="mostrecent",
)


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


class LedgerMeasure:
    """How far the worker is behind with the logs."""

    async def take(self, session: AsyncSession, now: datetime) -> None:
        lag = LedgerLag(session, now)
        CHAIN_LAG.set(await lag.chain())
        for log in LogName:
            PUBLISH_LAG.labels(log.value).set(await lag.publishing(log))

    def forget(self) -> None:
        CHAIN_LAG.set(nan)
        for log in LogName:
            PUBLISH_LAG.labels(log.value).set(nan)
