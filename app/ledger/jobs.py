"""What the worker does with the logs, again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import nan
from time import monotonic
from typing import Final

from prometheus_client import Gauge

from app.core.crypto import Keyring
from app.core.database import Sessions, may_pass
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
_FRESH: Final = 1.0


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


class Measuring:
    """Reads from the database how far the worker is behind, whether it lives or not; at most once
    a second, however often somebody asks."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.read_at = -_FRESH

    async def __call__(self, sessions: Sessions) -> None:
        if monotonic() - self.read_at < _FRESH:
            return
        self.read_at = monotonic()
        try:
            await self._measure(sessions)
        except Exception as trouble:
            if not may_pass(trouble):
                raise
            _forget()

    async def _measure(self, sessions: Sessions) -> None:
        async with sessions.begin() as session:
            lag = LedgerLag(session, self.clock())
            CHAIN_LAG.set(await lag.chain())
            for log in LogName:
                PUBLISH_LAG.labels(log.value).set(await lag.publishing(log))


def _forget() -> None:
    """Without the database nobody knows; the other figures are shown all the same."""
    CHAIN_LAG.set(nan)
    for log in LogName:
        PUBLISH_LAG.labels(log.value).set(nan)
