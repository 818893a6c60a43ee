"""What the worker does with the figures."""

from datetime import datetime
from math import nan
from typing import Final

import structlog
from prometheus_client import Gauge
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.reference import Progress, ReferenceSet
from app.stats.files.starting import BASELINES
from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.public import BREAKDOWNS
from app.stats.service.baselines import BaselineService
from app.stats.service.folding import Folding, lag_of, signed_lag_of
from app.stats.service.freezing import Freezing
from app.stats.service.public_forecast import PublicForecastService

log = structlog.get_logger()

LAG: Final = Gauge(
    "netra_figures_lag_seconds",
    "Age of the oldest committed act that the figures do not count yet.",
    multiprocess_mode="mostrecent",
)
SIGNED_LAG: Final = Gauge(
    "netra_signature_figures_lag_seconds",
    "Age of the oldest signature or change of one that the figures do not count yet.",
    multiprocess_mode="mostrecent",
)


async def load(session: AsyncSession, progress: Progress) -> None:
    await BaselineService(session).load(progress)


REFERENCE: Final = ReferenceSet("baselines", (BASELINES,), load)
"""What others published or said of earlier elections."""


class FiguresMeasure:
    """How far the worker is behind with the figures."""

    async def take(self, session: AsyncSession, now: datetime) -> None:
        LAG.set(await lag_of(session, now))
        SIGNED_LAG.set(await signed_lag_of(session, now))

    def forget(self) -> None:
        LAG.set(nan)
        SIGNED_LAG.set(nan)


async def fold_acts(sessions: Sessions, now: datetime) -> int:
    """Bring the figures up to date with all that was done; signatures are counted by themselves."""
    return await Folding(sessions).fold_acts(now)


async def count_signatures(sessions: Sessions, now: datetime) -> int:
    """Count what was signed, by the leaves of its log."""
    return await Folding(sessions).count_leaves(now)


async def freeze_public_tables(sessions: Sessions, now: datetime) -> None:
    """Freeze the tables of the day that has begun; a table that is there stays as it is.

    What was done while no worker ran is folded first: a frozen table is not made again. All tables
    of a unit come at once or not at all.
    """
    await Folding(sessions).fold(now)
    failed: list[Exception] = []
    for unit in BREAKDOWNS:
        try:
            async with sessions.begin() as session:
                await Freezing(session, now).freeze(unit)
        except Exception as fault:
            # One unit must not stop those behind it.
            log.error("freezing_failed", unit=unit.value, kind=type(fault).__name__)
            failed.append(fault)
    if failed:
        raise failed[0]


async def freeze_public_forecasts(sessions: Sessions, now: datetime) -> None:
    """Freeze the forecasts of the day that has begun, of every election still to be held, where
    the tables of the day are there; a forecast that is there stays as it is."""
    for code, unit in await _foreseeable(sessions, now):
        async with sessions.begin() as session:
            service = PublicForecastService(session, now)
            if await service.is_due(unit):
                await service.freeze(code, unit)


async def _foreseeable(sessions: Sessions, now: datetime) -> list[tuple[str, ForecastUnit]]:
    async with sessions.begin() as session:
        return await PublicForecastService(session, now).foreseeable()
