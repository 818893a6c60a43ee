"""What crosses the wire about forecasts: no number without band, baseline and assumptions."""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Day, Form, TextOut
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.stats.rules.forecasting import DEFINITIONS, ForecastBy, ForecastUnit
from app.stats.rules.periods import WIB
from app.stats.rules.seasons import Phase
from app.stats.schemas.baselines import QUOTED, BaselineOut

EXAMPLE_ROW: Final[JsonDict] = {
    "key": "2024-W44",
    "label": {"id": "Pekan mulai 28 Oktober 2024", "en": "Week from 28 October 2024"},
    "since": "2024-10-28",
    "until": "2024-11-03",
    "phase": "campaign_second_half",
    "recorded": 3,
    "expected": 9.412,
    "bands": [
        {"share": 0.5, "low": 7, "high": 11, "holds": 0.61},
        {"share": 0.9, "low": 5, "high": 16, "holds": 0.92},
    ],
    "scenario": 3.27,
}
_SCENARIO: Final[JsonDict] = {
    "label": {
        "id": "Pengumuman 17 September 2024, bukan hasil model",
        "en": "Announcement of 17 September 2024, not of the model",
    },
    "announced": 1000,
    "regions_announced": 545,
    "per_region": 1.835,
    "expected": 45.87,
    "baseline_per_region": 3.741,
    "unchanged": 93.52,
    "ratio": 0.49,
    "arithmetic": {
        "id": "Lebih dari 1000 untuk 545 daerah: 1,83 per daerah.",
        "en": "More than 1000 for 545 regions: 1.83 for each.",
    },
    "source": "news of September 2024",
}
_BASIS: Final[JsonDict] = {
    "baseline": QUOTED,
    "per_region": 3.741,
    "voting_regions": 25,
    "scaled": 93.52,
}
FORECAST: Final[JsonDict] = {
    "election_code": "pilkada-2024",
    "region_code": "73",
    "unit": "case",
    "definition": {
        "id": DEFINITIONS[ForecastUnit.CASE].id,
        "en": DEFINITIONS[ForecastUnit.CASE].en,
    },
    "definition_version": 1,
    "time_zone": WIB,
    "as_of": "2024-10-31",
    "voting_on": "2024-11-27",
    "by": "week",
    "total": EXAMPLE_ROW | {"key": "73", "phase": None},
    "rows": [EXAMPLE_ROW],
    "basis": _BASIS,
    "scenario": _SCENARIO,
    "assumptions": [
        {
            "code": "delay_days",
            "value": 11.2,
            "learnt": True,
            "text": {"id": "Rata-rata hari.", "en": "Mean days."},
        }
    ],
}


class ForecastQuestion(Form):
    election: str = Field(
        pattern=ELECTION_CODE,
        max_length=40,
        description="Which election, by its code.",
        examples=["pilkada-2024"],
    )
    region: str | None = Field(
        None,
        pattern=REGION_CODE,
        description="This part of the reader's area, down to a regency or city that votes.",
        examples=["73"],
    )
    as_of: Day | None = Field(
        None,
        description="What was recorded by the end of this day (WIB), yesterday at the latest.",
        examples=["2024-10-31"],
    )


class ForecastFilter(ForecastQuestion):
    unit: ForecastUnit = ForecastUnit.CASE
    by: ForecastBy = ForecastBy.WEEK


class BandOut(BaseModel):
    """From `low` to `high`, both included."""

    share: float = Field(description="What the band promises to hold at least.", examples=[0.9])
    low: int = Field(examples=[5])
    high: int = Field(examples=[16])
    holds: float = Field(
        description="What it holds: of whole and small counts more than its share.",
        examples=[0.92],
    )


class ForecastRowOut(BaseModel):
    key: str = Field(description="A week as ISO 8601 writes it, or a region.")
    label: TextOut
    since: date
    until: date
    phase: Phase | None = Field(description="The part of the season that most of a week is in.")
    recorded: int = Field(description="What came so far, of acts of these days.")
    expected: float = Field(
        description="All that is expected of these days, with what came so far: the nowcast of "
        "days that are over, the forecast of those to come. Rows add up to the total."
    )
    bands: list[BandOut] = Field(description="Of all, not of what is still to come.")
    scenario: float | None = Field(
        description="What falls to the row if the announced number comes true, all regions alike."
    )


class BasisOut(BaseModel):
    """What the forecast starts from, as long as little was counted."""

    baseline: BaselineOut
    per_region: float = Field(description="Of each region that voted then.")
    voting_regions: int = Field(description="Regions of the area that vote now.")
    scaled: float = Field(description="What they would have at that rate.")


class ScenarioOut(BaseModel):
    """A number that was announced, beside the model's own; never mixed into it."""

    label: TextOut
    announced: float
    regions_announced: int
    per_region: float
    expected: float = Field(description="What falls to this area, all regions alike.")
    baseline_per_region: float
    unchanged: float = Field(description="What this area would have at the baseline's rate.")
    ratio: float = Field(description="The announced rate compared with that of the baseline.")
    arithmetic: TextOut
    source: str


class AssumptionOut(BaseModel):
    code: str
    value: float
    learnt: bool = Field(description="Whether what was counted has its part in the value.")
    text: TextOut


class ForecastHeadOut(BaseModel):
    election_code: str
    region_code: str = Field(description="`00` is the whole country.")
    unit: ForecastUnit
    definition: TextOut
    definition_version: int
    time_zone: str
    as_of: date = Field(description="What was recorded by the end of this day.")
    voting_on: date


class ForecastOut(ForecastHeadOut):
    model_config = ConfigDict(json_schema_extra={"examples": [FORECAST]})

    by: ForecastBy
    total: ForecastRowOut
    rows: list[ForecastRowOut]
    basis: BasisOut
    scenario: ScenarioOut | None
    assumptions: list[AssumptionOut]
