"""What crosses the wire about regions."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.regions.rules import Level


class RegionFilter(Slice):
    level: Level | None = Field(None, examples=[Level.CITY])
    parent: str | None = Field(
        None, pattern=REGION_CODE, description="Regions directly below this code.", examples=["62"]
    )
    q: str | None = Field(
        None,
        min_length=2,
        max_length=100,
        description="Part of a name; case, spaces, hyphens and other signs do not count.",
        examples=["palangka raya"],
    )


class RegionName(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    code: str = Field(description="Official dotted code; a string, 11.10 is not 11.1.")
    level: Level
    name: str


_SINJAI: JsonDict = {
    "code": "73.07",
    "level": "regency",
    "name": "Kabupaten Sinjai",
    "parent_code": "73",
    "time_zone": "Asia/Makassar",
    "valid_from": "2025-04-25",
    "valid_to": None,
    "successor_code": None,
}


class RegionOut(RegionName):
    model_config = ConfigDict(json_schema_extra={"examples": [_SINJAI]})

    parent_code: str | None
    time_zone: str
    valid_from: date = Field(description="Day of the decree in which we first know this code.")
    valid_to: date | None = Field(description="Last day on which the code was valid.")
    successor_code: str | None = Field(description="The code that took its place.")


class RegionDetailOut(RegionOut):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                _SINJAI
                | {"ancestors": [{"code": "73", "level": "province", "name": "Sulawesi Selatan"}]}
            ]
        }
    )

    ancestors: list[RegionName] = Field(description="The regions around it, the province first.")
