"""What crosses the wire about two elections side by side."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.elections.rules import ELECTION_CODE
from app.stats.rules.units import Unit
from app.stats.schemas.answers import AnswerOut, RowOut, example, name
from app.stats.schemas.figures import SeriesFilter

COMPARISON: Final[JsonDict] = example(
    Unit.CASE,
    other="pilkada-2020",
    total={"count": 300, "regions": 25, "per_100_regions": 1200.0},
    other_total={"count": 120, "regions": 12, "per_100_regions": 1000.0},
    rows=[
        {
            **name("campaign", "Kampanye", "Campaign"),
            "count": 240,
            "days": 60,
            "per_day": 4.0,
            "per_100_regions": 960.0,
            "other_count": 71,
            "other_days": 71,
            "other_per_day": 1.0,
            "other_per_100_regions": 591.6667,
        }
    ],
)


class ComparisonFilter(SeriesFilter):
    election: str = Field(pattern=ELECTION_CODE, max_length=40, examples=["pilkada-2024"])
    other: str = Field(
        pattern=ELECTION_CODE,
        max_length=40,
        description="The election that it is held against.",
        examples=["pilkada-2020"],
    )


class ComparedOut(BaseModel):
    """One election as a whole."""

    count: int = Field(examples=[300])
    regions: int = Field(description="Provinces, regencies and cities that vote.", examples=[25])
    per_100_regions: float | None = Field(examples=[1200.0])


class ComparedRowOut(RowOut):
    """One stage in both; days are those on which the stage counts, up to today."""

    count: int = Field(examples=[240])
    days: int | None = Field(description="Null: nobody knows when it began.", examples=[60])
    per_day: float | None = Field(examples=[4.0])
    per_100_regions: float | None = Field(examples=[960.0])
    other_count: int = Field(examples=[71])
    other_days: int | None = Field(examples=[71])
    other_per_day: float | None = Field(examples=[1.0])
    other_per_100_regions: float | None = Field(examples=[591.6667])


class ComparisonOut(AnswerOut):
    """Stage by stage, as days of a calendar year compare nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [COMPARISON]})

    other: str = Field(examples=["pilkada-2020"])
    total: ComparedOut
    other_total: ComparedOut
    rows: list[ComparedRowOut]
