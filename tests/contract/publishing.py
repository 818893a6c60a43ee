"""Public tables, for the contract to be tried on."""

from collections.abc import Mapping
from typing import Final

from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.periods import today
from app.stats.rules.units import Unit
from app.stats.service.freezing import Freezing
from app.stats.service.public_forecast import PublicForecastService
from app.web.clock import present
from tests.contract.crew import Crew, Prepare, Values

ELECTION: Final = "pilkada-2024"


async def frozen(crew: Crew) -> Values:
    now = present()
    async with crew.sessions.begin() as session:
        await Freezing(session, now).freeze(Unit.COMPLAINT)
    return {"table": "complaint", "day": str(today(now))}


async def totals(crew: Crew) -> Values:
    """Readers freeze nothing while acts of an earlier day wait to be counted."""
    await frozen(crew)
    return {"unit": "complaint"}


async def foreseen(crew: Crew) -> Values:
    now = present()
    async with crew.sessions.begin() as session:
        await Freezing(session, now).freeze(Unit.CASE)
        await PublicForecastService(session, now).freeze(ELECTION, ForecastUnit.CASE)
    return {"election": ELECTION, "unit": "case", "day": str(today(now))}


LASTING: Final[Mapping[str, Prepare]] = {
    "read_public_forecast_of_day": foreseen,
    "read_public_provinces": totals,
    "read_public_table": frozen,
    "read_public_table_of_day": frozen,
}
