from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Fault, Invalid
from app.core.places import NATION, lies_in
from app.core.remembered import Remembered
from app.core.texts import Text
from app.elections.models import Election
from app.elections.repository import ElectionRepository
from app.stats.files.starting import read_intensities
from app.stats.repository.baselines import BaselineRepository
from app.stats.repository.forecast import ForecastRepository, Recorded
from app.stats.rules import periods
from app.stats.rules.baselines import ANNOUNCED, Baseline, basis_for
from app.stats.rules.comparing import check_elections
from app.stats.rules.forecasting import ForecastUnit, prior_of
from app.stats.rules.prospects import Prospect, Seasons, foresee
from app.stats.rules.seasons import Intensities

SECONDS: Final = 5 * 60

NO_BASELINE: Final = Fault(
    "/election",
    "no-baseline",
    Text(
        "Untuk pemilihan ini tidak ada angka dasar dari pemilihan sebelumnya.",
        "For this election there is no figure of an earlier one to start from.",
    ),
)
DAY_NOT_OVER: Final = Fault(
    "/as_of",
    "day-not-over",
    Text("Hari itu belum berakhir (WIB).", "That day is not over yet (WIB)."),
)


@dataclass(frozen=True)
class Start:
    """What is known of an election before anything is counted; `voting` are its regions."""

    election: Election
    unit: ForecastUnit
    voting: tuple[str, ...]
    basis: Baseline
    announced: Baseline | None
    seasons: Seasons

    def votes_in(self, area: str) -> int:
        """How many regions of an area vote."""
        return sum(lies_in(code, area) for code in self.voting)


@dataclass(frozen=True)
class Foresight:
    """A forecast with what it starts from."""

    start: Start
    prospect: Prospect


FORESEEN: Final = Remembered[Foresight](SECONDS, room=64)
"""A day that is over hardly changes any more, and every reader of a forecast asks the whole country
about it."""


class Forecaster:
    """Learns from what the whole country recorded by the end of a day."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.elections = ElectionRepository(session)
        self.baselines = BaselineRepository(session)
        self.counts = ForecastRepository(session)
        self.now = now

    async def foresee(self, code: str, unit: ForecastUnit, as_of: date | None) -> Foresight:
        day = self._day(as_of)
        key = f"{code}:{unit}:{day}"
        return FORESEEN.get(key) or FORESEEN.keep(key, await self._foresee(code, unit, day))

    def _day(self, as_of: date | None) -> date:
        yesterday = periods.today(self.now) - timedelta(days=1)
        if as_of is not None and as_of > yesterday:
            raise Invalid(DAY_NOT_OVER)
        return as_of or yesterday

    async def start(self, code: str, unit: ForecastUnit) -> Start:
        known = {each.code: each for each in await self.elections.find()}
        check_elections(known, code)
        election = known[code]
        basis, announced = await self._baselines(election, unit)
        schedule = await self.elections.schedule(code)
        voting = set(await self.elections.area_codes(code)) - {NATION}
        seasons = Seasons(schedule, election.voting_on, intensities())
        return Start(election, unit, tuple(sorted(voting)), basis, announced, seasons)

    async def has_baseline(self, election: Election, unit: ForecastUnit) -> bool:
        rows = await self.baselines.all()
        return basis_for(rows, unit, election.regime, election.voting_on.year) is not None

    async def _foresee(self, code: str, unit: ForecastUnit, day: date) -> Foresight:
        start = await self.start(code, unit)
        season = start.seasons.at(NATION)
        asked = Recorded(unit, code, season.first, season.last, day)
        counted = await self.counts.weekly_counts(asked)
        prior = prior_of(unit, start.basis)
        return Foresight(start, foresee(start.voting, start.seasons, counted, prior, day))

    async def _baselines(
        self, election: Election, unit: ForecastUnit
    ) -> tuple[Baseline, Baseline | None]:
        rows = await self.baselines.all()
        basis = basis_for(rows, unit, election.regime, election.voting_on.year)
        if basis is None:
            raise Invalid(NO_BASELINE)
        announced = (
            each
            for each in rows
            if each.code == ANNOUNCED
            and each.election_code == election.code
            and each.unit.value == unit.value
        )
        return basis, next(announced, None)


@cache
def intensities() -> Intensities:
    return read_intensities()
