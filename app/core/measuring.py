"""Figures of the service that are read from the database when somebody asks for them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions, may_pass

_FRESH: Final = 1.0


class Measure(Protocol):
    """Gauges that are set together; nobody knows them while the database is away."""

    async def take(self, session: AsyncSession, now: datetime) -> None: ...

    def forget(self) -> None: ...


class Measuring:
    """Takes measures, whether the worker lives or not; at most once a second, however often
    somebody asks."""

    def __init__(self, clock: Callable[[], datetime], measures: Sequence[Measure]) -> None:
        self.clock = clock
        self.measures = measures
        self.read_at = -_FRESH

    async def __call__(self, sessions: Sessions) -> None:
        if monotonic() - self.read_at < _FRESH:
            return
        self.read_at = monotonic()
        try:
            async with sessions.begin() as session:
                for measure in self.measures:
                    await measure.take(session, self.clock())
        except Exception as trouble:
            if not may_pass(trouble):
                raise
            for measure in self.measures:
                measure.forget()
