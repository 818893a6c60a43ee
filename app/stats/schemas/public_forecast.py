"""What everybody can read of a forecast: the nation and the provinces, frozen once a day."""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Form, TextOut
from app.elections.rules import ELECTION_CODE
from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.seasons import Phase
from app.stats.schemas.forecast import FORECAST, BandOut, BasisOut, ForecastHeadOut, ScenarioOut

_BANDS: Final[JsonDict] = {
    "expected": 61.3,
    "bands": [
        {"share": 0.5, "low": 45, "high": 75, "holds": 0.51},
        {"share": 0.9, "low": 28, "high": 104, "holds": 0.9},
    ],
}
PUBLIC_FORECAST: Final[JsonDict] = {
    **{key: FORECAST[key] for key in ("election_code", "unit", "definition", "time_zone")},
    **{key: FORECAST[key] for key in ("definition_version", "as_of", "voting_on", "basis")},
    "region_code": "00",
    "scenario": FORECAST["scenario"],
    "rest": {"region_code": "00", "name": "Indonesia", "withheld": False, **_BANDS},
    "weeks": [
        {
            "key": "2024-W45",
            "label": {"id": "Pekan mulai 4 November 2024", "en": "Week from 4 November 2024"},
            "since": "2024-11-04",
            "until": "2024-11-10",
            "phase": "campaign_second_half",
            "scenario": 34.9,
            **_BANDS,
        }
    ],
    "provinces": [
        {
            "region_code": "13",
            "name": "Sumatera Barat",
            "withheld": True,
            "expected": None,
            "bands": [],
        },
    ],
}


class PublicForecastFilter(Form):
    election: str = Field(
        pattern=ELECTION_CODE,
        max_length=40,
        description="Which election, by its code.",
        examples=["pilkada-2024"],
    )
    unit: ForecastUnit = ForecastUnit.CASE
    region: str = Field(
        "00",
        pattern=r"^[0-9]{2}$",
        description="`00` for the nation, or a province that votes.",
        examples=["00"],
    )


class PublicExpectedOut(BaseModel):
    region_code: str
    name: str
    withheld: bool = Field(description="Its published total is withheld, and so is this.")
    expected: float | None = Field(description="How many more will be recorded until the end.")
    bands: list[BandOut]


class PublicWeekOut(BaseModel):
    key: str
    label: TextOut
    since: date
    until: date
    phase: Phase
    expected: float = Field(description="How many more will be recorded of acts of this week.")
    bands: list[BandOut]
    scenario: float | None = Field(
        description="What falls to a whole week if the announced number comes true."
    )


class FrozenRegion(PublicExpectedOut):
    """As published of the nation or a province; no weeks where it is withheld."""

    voting_regions: int
    basis: BasisOut
    scenario: ScenarioOut | None
    weeks: list[PublicWeekOut]


class FrozenForecast(BaseModel):
    """A published forecast with the words it was published in."""

    head: ForecastHeadOut
    regions: list[FrozenRegion]


class PublicForecastOut(ForecastHeadOut):
    """Only what is still to come; made of published totals, so it tells no more than they do."""

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLIC_FORECAST]})

    rest: PublicExpectedOut
    weeks: list[PublicWeekOut] = Field(description="Weeks that are not over; none if withheld.")
    provinces: list[PublicExpectedOut] = Field(description="Of the nation: each that votes.")
    basis: BasisOut
    scenario: ScenarioOut | None
