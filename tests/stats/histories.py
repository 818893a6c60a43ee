"""Seasons that never were: acts, delays and levels drawn by chance, and how the bands fared."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple

from app.elections.rules import StageCode
from app.stats.files.starting import read_intensities
from app.stats.rules.delays import MOST_DAYS, Exposure, estimate
from app.stats.rules.delays import whole as together
from app.stats.rules.forecast import Fit, outlook
from app.stats.rules.negbin import Predictive
from app.stats.rules.prospects import Prospect, prospect_of
from app.stats.rules.seasons import WEEK, Season, season_of
from app.stats.rules.spreads import Prior

BASELINE: Final = 1010 / 270
EARLIEST, LATEST = 4 * WEEK, 46 * WEEK
SAMPLE: Final = 20
"""Regions looked at in each history: all of them would drown the nation, which there is once."""


class Stage(NamedTuple):
    stage: StageCode
    from_on: date | None
    to_on: date | None
    region_code: str = "00"


CALENDAR: Final = [
    Stage(StageCode.REGISTRATION_ANNOUNCEMENT, date(2024, 8, 24), date(2024, 8, 26)),
    Stage(StageCode.CAMPAIGN, date(2024, 9, 25), date(2024, 11, 23)),
]
SEASON: Final = season_of(CALENDAR, date(2024, 11, 27), read_intensities())


@dataclass(frozen=True)
class World:
    """How chance works in it; as assumed by the model where nothing is said.

    `bundle` is how many persons come together on average, `drift` the deviation of the common
    future from the profile, `slowing` by how much delays grow from the first day to the last, and
    `flat` acts that heed no profile at all. `rate` and `day` are drawn unless given.
    """

    provinces: int = 38
    regions: int = 14
    bundle: float = 1.0
    drift: float = 0.3
    slowing: float = 1.0
    flat: bool = False
    rate: float | None = None
    day: int | None = None

    @property
    def prior(self) -> Prior:
        return Prior(BASELINE, dispersion=1.0 if self.bundle == 1.0 else 2.0)


@dataclass
class History:
    """What was recorded by a day, and what came afterwards, by place and week of the act."""

    day: int
    recorded: dict[str, list[int]] = field(default_factory=dict)
    triangle: Counter[tuple[int, int]] = field(default_factory=Counter)
    late: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    ahead: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def record(self, code: str, day: int, delay: int, number: int) -> None:
        if day > self.day:
            self.ahead[code][day // WEEK] += number
        elif day + delay > self.day:
            self.late[code][day // WEEK] += number
        else:
            self.recorded[code][day // WEEK] += number
            self.triangle[self.day - day, delay] += number

    def coming(self, codes: Iterable[str], week: int | None = None) -> int:
        kinds = [kind[code] for code in codes for kind in (self.late, self.ahead)]
        return sum(sum(each.values()) if week is None else each[week] for each in kinds)

    def unrecorded(self, codes: Iterable[str]) -> int:
        return sum(sum(self.late[code].values()) for code in codes)


def draw(world: World, chance: Random) -> History:
    """One season of the world, looked at on a day of it."""
    drawn = chance.randrange(EARLIEST, LATEST)
    history = History(drawn if world.day is None else world.day)
    level = max(0.2, world.prior.rate * chance.gammavariate(1.0, 1.0))
    nation = level if world.rate is None else world.rate
    shape = 1.0 / world.drift**2
    future = chance.gammavariate(shape, 1.0 / shape)
    days = _Days(world, history.day, chance)
    for province in range(11, 11 + world.provinces):
        rate = nation * chance.gammavariate(1.0, 1.0)
        for region in range(world.regions):
            code = f"{province:02}.{region:02}"
            history.recorded[code] = [0] * SEASON.weeks
            own = rate * chance.gammavariate(2.0, 0.5)
            days.fill(history, code, (own, own * future))
    return history


class _Days:
    """Draws acts, each with its day and its delay."""

    def __init__(self, world: World, day: int, chance: Random) -> None:
        shares = [1 / len(SEASON.shares)] * len(SEASON.shares) if world.flat else SEASON.shares
        self.upto = list(accumulate(shares))
        self.past = self.upto[day]
        self.world = world
        self.delay = chance.choice([4.0, 8.0, 12.0, 20.0])
        self.chance = chance

    def fill(self, history: History, code: str, rates: tuple[float, float]) -> None:
        spans = ((0.0, self.past), (self.past, 1.0))
        for rate, (low, high) in zip(rates, spans, strict=True):
            mean = rate * (high - low) / self.world.bundle
            for _ in range(poisson(mean, self.chance)):
                place = low + self.chance.random() * (high - low)
                day = min(bisect_left(self.upto, place), len(self.upto) - 1)
                history.record(code, day, self._delay(day), self._bundle())

    def _delay(self, day: int) -> int:
        slower = 1.0 + (self.world.slowing - 1.0) * day / len(self.upto)
        return min(int(self.chance.expovariate(1.0 / (self.delay * slower))), MOST_DAYS)

    def _bundle(self) -> int:
        """Geometric, so that some reports name very many."""
        number = 1
        while self.world.bundle > 1.0 and self.chance.random() > 1.0 / self.world.bundle:
            number += 1
        return number


def poisson(mean: float, chance: Random) -> int:
    """By waiting times: the means of places are small."""
    number, waited = 0, chance.expovariate(1.0)
    while waited < mean:
        number += 1
        waited += chance.expovariate(1.0)
    return number


@dataclass
class Tally:
    """How often the bands held, and how often a count fell into them as its chance says.

    A band of whole counts holds more than its share. So beside the plain hits, each count is put
    at a random place between its own probability and the one before (randomised probability
    integral transform), where a true forecast lies inside just as often as promised.
    """

    number: int = 0
    expected: float = 0.0
    came: int = 0
    plain: list[int] = field(default_factory=lambda: [0, 0])
    fair: list[int] = field(default_factory=lambda: [0, 0])

    def note(self, expected: Predictive, came: int, chance: Random) -> None:
        below = expected.cdf(came - 1)
        place = below + chance.random() * (expected.cdf(came) - below)
        self.number += 1
        self.expected += expected.mean
        self.came += came
        for each, band in enumerate(expected.bands()):
            self.plain[each] += band.low <= came <= band.high
            self.fair[each] += abs(place - 0.5) <= band.share / 2

    def shares(self) -> tuple[float, float, float, float]:
        half, most = (each / self.number for each in self.fair)
        plain_half, plain_most = (each / self.number for each in self.plain)
        return half, most, plain_half, plain_most


Tallies = dict[str, Tally]


def try_bands(world: World, histories: int, seed: int) -> Tallies:
    """Foresee so many seasons, each on a day of it, and compare with how they went on."""
    chance = Random(seed)  # noqa: S311  chance, not secrets
    tallies: Tallies = defaultdict(Tally)
    for _ in range(histories):
        history = draw(world, chance)
        _compare(history, world, tallies, chance)
    return dict(tallies)


def foreseen(history: History, world: World) -> Prospect:
    as_of = SEASON.first + timedelta(days=history.day)
    seasons: dict[str, Season] = dict.fromkeys(history.recorded, SEASON)
    return prospect_of(seasons, history.recorded, estimate(history.triangle), world.prior, as_of)


def _compare(history: History, world: World, tallies: Tallies, chance: Random) -> None:
    prospect = foreseen(history, world)
    nation = list(history.recorded)
    week = history.day // WEEK + 1

    def note(name: str, expected: Predictive, came: int) -> None:
        tallies[name].note(expected, came, chance)

    note("nation, season", prospect.whole(nation).more, history.coming(nation))
    note("nation, next week", prospect.week(nation, week).more, history.coming(nation, week))
    note("nation, unrecorded", _unrecorded(prospect, nation), history.unrecorded(nation))
    for province in sorted({code[:2] for code in nation}):
        inside = prospect.within(province)
        note("province, season", prospect.whole(inside).more, history.coming(inside))
    for code in chance.sample(nation, min(SAMPLE, len(nation))):
        note("region, season", prospect.whole([code]).more, history.coming([code]))
        note("region, next week", prospect.week([code], week).more, history.coming([code], week))


def _unrecorded(prospect: Prospect, codes: Iterable[str]) -> Predictive:
    """What passed and is not recorded: the nowcast alone."""
    fit: Fit = prospect.fit
    parts = []
    for code in codes:
        weeks = together(prospect.exposures[code])
        parts.append((code, Exposure(0.0, weeks.late, 0.0, weeks.doubt)))
    return outlook(fit, parts).predictive()


def deviation(promised: float, number: int) -> float:
    """The standard deviation of a share of so many independent tries."""
    return math.sqrt(promised * (1 - promised) / number)
