"""What crosses the wire about who has most, and about every region of a map."""

from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.stats.rules.areas import Depth
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from app.stats.schemas.answers import AnswerOut, RowOut, example, name
from app.stats.schemas.figures import SeriesFilter

MOST_PLACES: Final = 100

RANKING: Final[JsonDict] = example(
    Unit.CASE,
    by="region",
    total=17,
    equals_left_out=0,
    rows=[
        {
            **name("73.04", "Kabupaten Jeneponto"),
            "rank": 1,
            "count": 12,
            "share": 0.7059,
            "tied": False,
        },
        {
            **name("73.07", "Kabupaten Sinjai"),
            "rank": 2,
            "count": 5,
            "share": 0.2941,
            "tied": False,
        },
    ],
)
MAP: Final[JsonDict] = example(
    Unit.CASE,
    level="regency",
    total=18,
    elsewhere=1,
    rows=[
        {**name("73.04", "Kabupaten Jeneponto"), "count": 17, "silent": False},
        {**name("73.07", "Kabupaten Sinjai"), "count": 0, "silent": True},
    ],
)


class RankingFilter(SeriesFilter):
    by: Dimension = Field(
        Dimension.REGION, description="Regions, or the codes of a dimension; no time."
    )
    level: Depth | None = Field(
        None, description="Of regions, one or two levels below; otherwise it has no effect."
    )
    top: int = Field(10, ge=1, le=MOST_PLACES, description="So many places at most.")


class RankedOut(RowOut):
    rank: int = Field(description="1, 2, 2, 4: a place says how many have more.", examples=[1])
    count: int = Field(examples=[12])
    share: float | None = Field(description="Of the total.", examples=[0.7059])
    tied: bool = Field(description="Another has the same count.", examples=[False])


class RankingOut(AnswerOut):
    """Who has most, and what share of the total; who has nothing has no place."""

    model_config = ConfigDict(json_schema_extra={"examples": [RANKING]})

    by: Dimension
    total: int = Field(examples=[17])
    equals_left_out: int = Field(
        description="How many more have the same count as the last one shown.", examples=[0]
    )
    rows: list[RankedOut]


class MapFilter(SeriesFilter):
    level: Depth | None = Field(None, description="One or two levels below the area.")


class MapRowOut(RowOut):
    count: int = Field(examples=[17])
    silent: bool = Field(
        description="Nothing of any unit is known from here: silent, not quiet.", examples=[False]
    )


class MapOut(AnswerOut):
    """Every region of a level, also those without any; no rates, as nothing here says of what."""

    model_config = ConfigDict(json_schema_extra={"examples": [MAP]})

    level: Depth
    total: int = Field(examples=[18])
    elsewhere: int = Field(
        description="Of the area as a whole, or of a code that is no region today.", examples=[1]
    )
    rows: list[MapRowOut]
