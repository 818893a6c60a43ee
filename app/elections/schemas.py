"""What crosses the wire about elections."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import Day, TextOut
from app.core.places import NATION, REGION_CODE
from app.elections.rules import Determination, ElectedOffice, Regime, StageCode

_PILKADA: JsonDict = {
    "code": "pilkada-2024",
    "regime": "regional_election",
    "name": {
        "id": "Pemilihan Kepala Daerah Serentak 2024",
        "en": "Regional Elections of 2024",
    },
    "voting_on": "2024-11-27",
    "source": "PKPU 2/2024",
}
_CAMPAIGN: JsonDict = {
    "stage": "campaign",
    "name": {"id": "Kampanye", "en": "Campaign"},
    "region_code": "00",
    "from_on": "2024-09-25",
    "to_on": "2024-11-23",
    "source": "PKPU 2/2024",
}


class ElectionOut(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_PILKADA]})

    code: str
    regime: Regime
    name: TextOut
    voting_on: date
    source: str


class ElectionDetailOut(ElectionOut):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [_PILKADA | {"areas": {"governor": 37, "regent": 415, "mayor": 93}}]
        }
    )

    areas: dict[ElectedOffice, int] = Field(description="How many areas elect each office.")


class StageFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: str = Field(
        NATION,
        pattern=REGION_CODE,
        description="The place; an area with dates of its own has those. `00` is the country.",
        examples=["73.04"],
    )
    on: Day | None = Field(
        None, description="Only the stages that run on this day.", examples=["2024-09-30"]
    )


class StageOut(BaseModel):
    stage: StageCode
    name: TextOut
    region_code: str = Field(description="The area that set these days; `00` for all.")
    from_on: date | None = Field(description="First day; null where it lies further back.")
    to_on: date | None = Field(description="Last day; null where none is set.")
    source: str


class CalendarOut(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "election_code": "pilkada-2024",
                    "region_code": "73.04",
                    "on": "2024-09-30",
                    "takes_part": True,
                    "determination": "after",
                    "items": [_CAMPAIGN],
                }
            ]
        }
    )

    election_code: str
    region_code: str
    on: date | None
    takes_part: bool = Field(description="Whether anybody is elected there in this election.")
    determination: Determination | None = Field(
        description="Where the day lies to the determination of candidates; an act before it is "
        "judged as ethics, after it as discipline. Null without a day or where none is known."
    )
    items: list[StageOut]
