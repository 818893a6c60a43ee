"""The forecast of one election as known on one day: what came, what lacks, what is to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.places import lies_in
from app.elections.rules import Scheduled, calendar_of
from app.stats.rules.delays import Delays, Exposure, Triangle, arrivals, estimate, exposures, whole
from app.stats.rules.forecast import Fit, fit, outlook
from app.stats.rules.negbin import Predictive
from app.stats.rules.seasons import Intensities, Season, season_of
from app.stats.rules.spreads import Place, Prior
from app.stats.rules.voting import gather, group_of


@dataclass(frozen=True)
class Counted:
    """What was recorded by a day: by region and week of the act, and by age and delay."""

    weekly: Mapping[tuple[str, int], int]
    triangle: Triangle


@dataclass(frozen=True)
class Expected:
    """What is recorded already, and how many more there may be."""

    recorded: int
    more: Predictive

    @property
    def mean(self) -> float:
        return self.recorded + self.more.mean


@dataclass(frozen=True)
class Prospect:
    """Every place with its season; questions are answered for any of them together."""

    as_of: date
    seasons: Mapping[str, Season]
    recorded: Mapping[str, Sequence[int]]
    exposures: Mapping[str, Sequence[Exposure]]
    arriving: Mapping[str, Sequence[Exposure]]
    delays: Delays
    fit: Fit

    @property
    def season(self) -> Season:
        """Any of them: they begin and end together."""
        return next(iter(self.seasons.values()))

    def within(self, area: str) -> list[str]:
        return [code for code in self.seasons if lies_in(code, area)]

    def week(self, places: Iterable[str], week: int) -> Expected:
        """What acts of one week bring."""
        listed = list(places)
        recorded = sum(self.recorded[code][week] for code in listed)
        more = outlook(self.fit, ((code, self.exposures[code][week]) for code in listed))
        return Expected(recorded, more.predictive())

    def whole(self, places: Iterable[str]) -> Expected:
        """What the season brings."""
        listed = list(places)
        recorded = sum(sum(self.recorded[code]) for code in listed)
        more = outlook(self.fit, ((code, whole(self.exposures[code])) for code in listed))
        return Expected(recorded, more.predictive())

    def share(self, places: Iterable[str], week: int) -> float:
        """How much of their seasons falls into a week, for places that are all alike."""
        shares = [self.exposures[code][week] for code in places]
        return sum(each.seen + each.late + each.ahead for each in shares)


def prospect_of(
    seasons: Mapping[str, Season],
    recorded: Mapping[str, Sequence[int]],
    delays: Delays,
    prior: Prior,
    as_of: date,
) -> Prospect:
    """Learn from what was recorded by the end of a day."""
    distinct = {id(season): season for season in seasons.values()}
    parted = {key: _parted(season, as_of, delays) for key, season in distinct.items()}
    by_place = {code: parted[id(season)] for code, season in seasons.items()}
    seen = {key: [each.seen for each in weeks] for key, (weeks, _) in parted.items()}
    places = [
        Place(code, group_of(code), recorded[code], seen[id(season)])
        for code, season in seasons.items()
    ]
    return Prospect(
        as_of,
        seasons,
        recorded,
        {code: weeks for code, (weeks, _) in by_place.items()},
        {code: coming for code, (_, coming) in by_place.items()},
        delays,
        fit(places, prior),
    )


def foresee(
    voting: Iterable[str], seasons: "Seasons", counted: Counted, prior: Prior, as_of: date
) -> Prospect:
    """Put what was counted to the places that vote, and learn from it."""
    recorded = gather(counted.weekly, voting, seasons.weeks)
    by_place = {code: seasons.at(code) for code in recorded}
    return prospect_of(by_place, recorded, estimate(counted.triangle), prior, as_of)


class Seasons:
    """The season of each place: the same object for all that have the same calendar."""

    def __init__(
        self, schedule: Sequence[Scheduled], voting_on: date, intensities: Intensities
    ) -> None:
        self._schedule = schedule
        self._voting_on = voting_on
        self._intensities = intensities
        self._known: dict[tuple[object, ...], Season] = {}
        self.weeks = self.at("00").weeks

    def at(self, code: str) -> Season:
        calendar = calendar_of(self._schedule, code)
        key = tuple((each.stage, each.from_on, each.to_on) for each in calendar)
        if key not in self._known:
            self._known[key] = season_of(calendar, self._voting_on, self._intensities)
        return self._known[key]


def _parted(season: Season, as_of: date, delays: Delays) -> tuple[list[Exposure], list[Exposure]]:
    age = (as_of - season.first).days
    return exposures(season.shares, age, delays), arrivals(season.shares, age, delays)
