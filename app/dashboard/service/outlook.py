"""What the published forecast says to the page: only of weeks that are still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.days import day
from app.core.texts import Text
from app.dashboard.rules.view import Expected
from app.dashboard.service.places import Vote
from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.units import Unit
from app.stats.schemas.forecast import BandOut, ScenarioOut
from app.stats.schemas.public_forecast import (
    PublicForecastFilter,
    PublicForecastOut,
    PublicWeekOut,
)
from app.stats.service.public_forecast import PublicForecastService

_PROVINCE: Final = len("73")
_HALF: Final = 0.5
_UNITS: Final = {Unit.CASE: ForecastUnit.CASE, Unit.PERSON: ForecastUnit.PERSON}


@dataclass(frozen=True)
class Outlook:
    """The bands of the weeks to come, and what has to be said of them."""

    weeks: Sequence[Expected] = ()
    told: Text | None = None


class OutlookService:
    """The forecast of the nation or a province, where there is one for everybody."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.forecasts = PublicForecastService(session, now)

    async def look_ahead(self, wanted: Unit, region: str, vote: Vote) -> Outlook:
        unit = _UNITS.get(wanted)
        if unit is None or len(region) != _PROVINCE or not vote.includes(region):
            return Outlook()
        if (vote.code, unit) not in await self.forecasts.foreseeable():
            return Outlook()
        asked = PublicForecastFilter(election=vote.code, unit=unit, region=region)
        found = await self.forecasts.read(asked)
        return Outlook([_expected(each) for each in found.weeks], _told(found))


def _expected(week: PublicWeekOut) -> Expected:
    half, most = (_band(week.bands, widest=widest) for widest in (False, True))
    return Expected(week.since, week.expected, half, most)


def _band(bands: Sequence[BandOut], *, widest: bool) -> tuple[float, float]:
    band = next(each for each in bands if (each.share > _HALF) is widest)
    return float(band.low), float(band.high)


def _told(found: PublicForecastOut) -> Text:
    as_of = day(found.as_of)
    basis = found.basis.baseline.words
    own = Text(
        f"Prakiraan: yang masih akan tercatat dari perbuatan tiap pekan, menurut model,"
        f" keadaan {as_of.id}. Titik tolaknya: {basis.id}",
        f"Forecast: what is still to be recorded of acts of each week, by the model, as of"
        f" {as_of.en}. It starts from: {basis.en}",
    )
    return own if found.scenario is None else _beside(own, found.scenario)


def _beside(own: Text, scenario: ScenarioOut) -> Text:
    """A number that was announced is told beside the model's own, and never mixed into it."""
    label, reckoned = scenario.label, scenario.arithmetic
    return Text(f"{own.id} {label.id}: {reckoned.id}", f"{own.en} {label.en}: {reckoned.en}")
