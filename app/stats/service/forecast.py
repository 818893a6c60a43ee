from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.forms import TextOut
from app.core.remembered import Remembered
from app.core.texts import Text
from app.stats.repository.places import PlaceRepository
from app.stats.rules import areas
from app.stats.rules.areas import Depth
from app.stats.rules.baselines import per_region
from app.stats.rules.forecasting import ForecastBy, assumptions_of
from app.stats.rules.prospects import Expected
from app.stats.rules.seasons import Phase, week_label, week_text
from app.stats.schemas.forecast import (
    AssumptionOut,
    ForecastFilter,
    ForecastOut,
    ForecastRowOut,
)
from app.stats.service.describing import DIGITS, bands_out, basis_out, head_out, scenario_out
from app.stats.service.prospecting import SECONDS, Forecaster, Foresight, intensities

DOES_NOT_VOTE: Final = Fault(
    "/region",
    "no-forecast-of-region",
    Text(
        "Perkiraan dibuat untuk kabupaten, kota, dan provinsi yang memilih.",
        "Forecasts are made of the regencies, cities and provinces that vote.",
    ),
)

ANSWERS: Final = Remembered[ForecastOut](SECONDS, room=256)
"""The weeks of a nation are sums over all its places."""


class ForecastService:
    """What an officer's own area can expect until voting day."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.forecaster = Forecaster(session, now)
        self.regions = PlaceRepository(session)
        self.area = actor.area

    async def expect(self, wanted: ForecastFilter) -> ForecastOut:
        area = areas.area_asked(self.area, wanted.region)
        seen = await self.forecaster.foresee(wanted.election, wanted.unit, wanted.as_of)
        key = f"{wanted.election}:{wanted.unit}:{seen.prospect.as_of}:{area}:{wanted.by}"
        return ANSWERS.get(key) or ANSWERS.keep(key, await self._answer(wanted, area, seen))

    async def _answer(self, wanted: ForecastFilter, area: str, seen: Foresight) -> ForecastOut:
        places = places_in(seen, area)
        rows = Rows(seen, places)
        voting = seen.start.votes_in(area)
        by_week = wanted.by is ForecastBy.WEEK
        code = areas.code_of(area)
        head = head_out(seen.start.election, seen.start.unit, seen.prospect.as_of, code)
        return ForecastOut(
            **dict(head),
            by=wanted.by,
            total=rows.total(code, await self._label(code)),
            rows=rows.by_week() if by_week else await self._by_region(seen, area, places),
            basis=basis_out(seen.start.basis, voting),
            scenario=scenario_out(seen.start.announced, seen.start.basis, voting),
            assumptions=_assumptions(seen),
        )

    async def _by_region(
        self, seen: Foresight, area: str, places: Sequence[str]
    ) -> list[ForecastRowOut]:
        """The provinces of the nation, or the places of a province."""
        depth = Depth.PROVINCE if area == "" else Depth.REGENCY
        parts: dict[str, list[str]] = {}
        for place in places:
            parts.setdefault(place[: areas.code_length(depth)], []).append(place)
        names = await self.regions.names(list(parts))
        return [
            Rows(seen, part).total(code, areas.row_label(code, names.get(code, ""), depth))
            for code, part in sorted(parts.items())
        ]

    async def _label(self, code: str) -> Text:
        name = (await self.regions.names([code])).get(code, code)
        return Text(name, name)


class Rows:
    """The rows of a forecast of some places together."""

    def __init__(self, seen: Foresight, places: Sequence[str]) -> None:
        self.prospect = seen.prospect
        self.places = places
        voting = [code for code in places if code in set(seen.start.voting)]
        self.voting = voting
        self.announced = per_region(seen.start.announced) if seen.start.announced else None

    def by_week(self) -> list[ForecastRowOut]:
        return [self._week(number) for number in range(self.prospect.season.weeks)]

    def total(self, key: str, label: Text) -> ForecastRowOut:
        season = self.prospect.season
        announced = self.announced
        scenario = announced * len(self.voting) if announced is not None else None
        found = self.prospect.whole(self.places)
        return _row(key, label, (season.first, season.last), None, (found, scenario))

    def _week(self, number: int) -> ForecastRowOut:
        season = self.prospect.season
        monday = season.monday(number)
        sunday = monday + timedelta(days=6)
        share = self.prospect.share(self.voting, number)
        scenario = None if self.announced is None else self.announced * share
        found = self.prospect.week(self.places, number)
        label = week_text(monday)
        span = (monday, sunday)
        return _row(week_label(monday), label, span, season.phase_of(number), (found, scenario))


def places_in(seen: Foresight, area: str) -> list[str]:
    places = seen.prospect.within(area)
    if not places:
        raise Invalid(DOES_NOT_VOTE)
    return places


def _row(
    key: str,
    label: Text,
    span: tuple[date, date],
    phase: Phase | None,
    found: tuple[Expected, float | None],
) -> ForecastRowOut:
    expected, scenario = found
    return ForecastRowOut(
        key=key,
        label=TextOut.model_validate(label),
        since=span[0],
        until=span[1],
        phase=phase,
        recorded=expected.recorded,
        expected=round(expected.mean, DIGITS),
        bands=bands_out(expected.more.bands(expected.recorded)),
        scenario=None if scenario is None else round(scenario, DIGITS),
    )


def _assumptions(seen: Foresight) -> list[AssumptionOut]:
    return [
        AssumptionOut(
            code=each.code,
            value=round(each.value, DIGITS),
            learnt=each.learnt,
            text=TextOut.model_validate(each.text),
        )
        for each in assumptions_of(seen.prospect, intensities())
    ]
