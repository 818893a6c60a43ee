from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.errors import Fault, Invalid, NotFound
from app.core.forms import TextOut
from app.core.places import NATION, area_of
from app.core.texts import Text
from app.stats.models.forecast import PublicForecast
from app.stats.repository.places import PlaceRepository
from app.stats.repository.public_forecasts import PublicForecastRepository
from app.stats.repository.tables import PublicTableRepository
from app.stats.rules import periods
from app.stats.rules.baselines import per_region
from app.stats.rules.forecasting import ForecastUnit, prior_of
from app.stats.rules.negbin import Predictive
from app.stats.rules.public import NONE
from app.stats.rules.public_outlook import PublicOutlook, of_provinces, public_outlook
from app.stats.rules.seasons import WEEK, week_label, week_text
from app.stats.schemas.public_forecast import (
    FrozenForecast,
    FrozenRegion,
    PublicExpectedOut,
    PublicForecastFilter,
    PublicForecastOut,
    PublicWeekOut,
)
from app.stats.service.describing import DIGITS, bands_out, basis_out, head_out, scenario_out
from app.stats.service.prospecting import Forecaster, Start

NOT_A_VOTING_PROVINCE: Final = Fault(
    "/region",
    "no-forecast-of-region",
    Text(
        "Pilih `00` atau provinsi yang ikut memilih.",
        "Choose `00`, or a province in which somebody votes.",
    ),
)


class PublicForecastService:
    """The forecast for everybody, frozen once a day, made of the tables of that day."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.forecaster = Forecaster(session, now)
        self.forecasts = PublicForecastRepository(session)
        self.tables = PublicTableRepository(session)
        self.places = PlaceRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.day = periods.today(now)
        self.now = now

    async def read(self, wanted: PublicForecastFilter) -> PublicForecastOut:
        """The forecast of today, or the one before it until today's tables are there."""
        return _of_region(await self._newest(wanted.election, wanted.unit), wanted.region)

    async def read_of(self, day: date, wanted: PublicForecastFilter) -> PublicForecastOut:
        """The forecast as it was published on a day; it never changes."""
        found = await self.forecasts.find(wanted.election, wanted.unit, day)
        if found is None:
            raise NotFound
        return _of_region(FrozenForecast.model_validate(found.payload), wanted.region)

    async def foreseeable(self) -> list[tuple[str, ForecastUnit]]:
        """Of which elections that are not over, and which units, there is something to start."""
        return [
            (election.code, unit)
            for election in await self.forecaster.elections.find()
            if election.voting_on >= self.day
            for unit in ForecastUnit
            if await self.forecaster.has_baseline(election, unit)
        ]

    async def is_due(self, unit: ForecastUnit) -> bool:
        """Whether the tables of this day are there, of which its forecast is made."""
        return await self.tables.find(unit, NONE, self.day) is not None

    async def _newest(self, code: str, unit: ForecastUnit) -> FrozenForecast:
        """Without any table of today, and any forecast before, one that is not kept."""
        if await self.is_due(unit):
            return await self.freeze(code, unit)
        start = await self.forecaster.start(code, unit)
        found = await self.forecasts.newest(code, unit, self.day)
        if found is None:
            return await self._foresee(start)
        return FrozenForecast.model_validate(found.payload)

    async def freeze(self, code: str, unit: ForecastUnit) -> FrozenForecast:
        """Publish what follows from this day's tables, which must be there; twice is once."""
        found = await self.forecasts.find(code, unit, self.day)
        if found is None:
            start = await self.forecaster.start(code, unit)
            found = PublicForecast(
                election_code=code,
                unit=unit,
                day=self.day,
                payload=(await self._foresee(start)).model_dump(mode="json"),
                frozen_at=self.now,
            )
            if await self.forecasts.add(found):
                await self.journal.record("public_forecast.frozen", found, election=code, unit=unit)
            else:
                found = await self.forecasts.find(code, unit, self.day) or found
        return FrozenForecast.model_validate(found.payload)

    async def _foresee(self, start: Start) -> FrozenForecast:
        """Start from the baseline alone where the public is told nothing of this unit."""
        code, unit = start.election.code, start.unit
        told = await self.forecasts.published(code, unit, self.day)
        day, published = (told[0], of_provinces(told[1], start.voting)) if told else (self.day, {})
        outlook = public_outlook(
            published,
            start.voting,
            start.seasons.at(NATION),
            prior_of(unit, start.basis),
            day - timedelta(days=1),
        )
        names = await self.places.names([NATION, *outlook.sizes])
        return FrozenForecast(
            head=head_out(start.election, unit, outlook.as_of, NATION),
            regions=[_frozen(start, outlook, code, name) for code, name in names.items()],
        )


def _frozen(start: Start, outlook: PublicOutlook, code: str, name: str) -> FrozenRegion:
    voting = start.votes_in(area_of(code))
    withheld = code in outlook.withheld
    announced = None if start.announced is None else per_region(start.announced) * voting
    return FrozenRegion(
        **dict(_expected(code, name, None if withheld else outlook.rest(code))),
        voting_regions=voting,
        basis=basis_out(start.basis, voting),
        scenario=scenario_out(start.announced, start.basis, voting),
        weeks=[] if withheld else _weeks(outlook, code, announced),
    )


def _weeks(outlook: PublicOutlook, code: str, announced: float | None) -> list[PublicWeekOut]:
    season = outlook.season
    weeks = []
    for number in outlook.coming():
        monday = season.monday(number)
        found = outlook.week(code, number)
        share = sum(season.shares[number * WEEK : (number + 1) * WEEK])
        weeks.append(
            PublicWeekOut(
                key=week_label(monday),
                label=TextOut.model_validate(week_text(monday)),
                since=monday,
                until=monday + timedelta(days=WEEK - 1),
                phase=season.phase_of(number),
                expected=round(found.mean, DIGITS),
                bands=bands_out(found.bands()),
                scenario=None if announced is None else round(announced * share, DIGITS),
            )
        )
    return weeks


def _expected(code: str, name: str, found: Predictive | None) -> PublicExpectedOut:
    return PublicExpectedOut(
        region_code=code,
        name=name,
        withheld=found is None,
        expected=None if found is None else round(found.mean, DIGITS),
        bands=[] if found is None else bands_out(found.bands()),
    )


def _of_region(frozen: FrozenForecast, code: str) -> PublicForecastOut:
    regions = {each.region_code: each for each in frozen.regions}
    if code not in regions:
        raise Invalid(NOT_A_VOTING_PROVINCE)
    region = regions[code]
    provinces = [each for each in frozen.regions if each.region_code != NATION]
    return PublicForecastOut(
        **{**dict(frozen.head), "region_code": code},
        rest=_plain(region),
        weeks=region.weeks,
        provinces=[_plain(each) for each in provinces] if code == NATION else [],
        basis=region.basis,
        scenario=region.scenario,
    )


def _plain(region: FrozenRegion) -> PublicExpectedOut:
    return PublicExpectedOut(
        region_code=region.region_code,
        name=region.name,
        withheld=region.withheld,
        expected=region.expected,
        bands=region.bands,
    )
