"""What the worker does with the figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import nan
from typing import Final

from prometheus_client import Gauge
from sqlalchemy.ext.asyncio import AsyncSession

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.reference import Progress, ReferenceSet
from app.stats.files.starting import BASELINES
from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.units import PUBLIC
from app.stats.service.baselines import BaselineService
from app.stats.service.figures import PublicTableService
from app.stats.service.folding import Folding
from app.stats.service.public_forecast import PublicForecastService


async def load(session: AsyncSession, progress: Progress) -> None:
    await BaselineService(session).load(progress)


REFERENCE = ReferenceSet("baselines", (BASELINES,), load)
"""What others published or said of earlier elections."""


@dataclass(frozen=True)
class FoldingFigures:
    """Brings the figures up to date, again and again."""

    sessions: Sessions
    clock: Callable[[], datetime]

    async def __call__(self) -> int:
        return await Folding(self.sessions).fold(self.clock())


async def freeze_public_tables(sessions: Sessions, now: datetime) -> None:
    """Freeze the tables of the day that has begun; a table that is there stays as it is.

    What was done while no worker ran is folded first: a frozen table is not made again.
    """
    await Folding(sessions).fold(now)
    for unit in BREAKDOWNS:
        async with sessions.begin() as session:
            await PublicTableService(session, now).read(unit)


async def freeze_public_forecasts(sessions: Sessions, now: datetime) -> None:
    """Freeze the forecasts of the day that has begun, of every election still to be held."""
    for code, unit in await _foreseeable(sessions, now):
        async with sessions.begin() as session:
            await PublicForecastService(session, now).freeze(code, unit)


async def _foreseeable(sessions: Sessions, now: datetime) -> list[tuple[str, ForecastUnit]]:
    async with sessions.begin() as session:
        return await PublicForecastService(session, now).foreseeable()
