"""What crosses the wire about figures of others."""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.core.paging import Slice
from app.elections.rules import ELECTION_CODE, Regime
from app.stats.rules.baselines import BaselineStatus, BaselineUnit, Relation

QUOTED: Final[JsonDict] = {
    "code": "2020-quoted-1010",
    "election_code": "pilkada-2020",
    "year": 2020,
    "regime": "regional_election",
    "cut_off": None,
    "unit": "case",
    "part": "all",
    "figure": 1010,
    "at_most": None,
    "relation": "equal",
    "region_code": None,
    "status": "quoted",
    "reconciles": False,
    "voting_regions": 270,
    "basis": True,
    "words": {
        "id": "Perkara Pilkada 2020 seperti dikutip September 2024",
        "en": "Cases of 2020 as quoted in September 2024",
    },
    "source_id": "N24",
    "source": "news of September 2024, quoting the chair of Bawaslu",
}


class BaselineFilter(Slice):
    election: str | None = Field(
        None, pattern=ELECTION_CODE, max_length=40, examples=["pilkada-2020"]
    )
    unit: BaselineUnit | None = Field(None, examples=[BaselineUnit.CASE])


class BaselineOut(BaseModel):
    """A figure with unit, cut-off, source and standing; figures of two units never compare."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUOTED]})

    code: str
    election_code: str
    year: int
    regime: Regime
    cut_off: date | None = Field(description="The day up to which it counts; null if unknown.")
    unit: BaselineUnit
    part: str = Field(description="What of the unit: `all`, or those with this state or kind.")
    figure: float
    at_most: float | None = Field(description="The upper end where two figures were given.")
    relation: Relation
    region_code: str | None
    status: BaselineStatus
    reconciles: bool = Field(
        description="False where it contradicts another figure, or its parts do not add up."
    )
    voting_regions: int | None = Field(description="How many regions voted in that election.")
    basis: bool = Field(description="Whether forecasts of the next election start from it.")
    words: TextOut
    source_id: str
    source: str
