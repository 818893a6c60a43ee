"""What crosses the wire about one count of a deadline."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from app.clocks.rules.counting import Mark
from app.core.forms import Form, Line, Moment, TextOut
from app.core.places import NATION, REGION_CODE

Zone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]


class CountIn(Form):
    """From when a deadline is counted, by which rule, and where."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rule_code": "regional-handling",
                    "started_at": "2024-10-01T03:00:00Z",
                    "time_zone": "Asia/Makassar",
                    "region_code": "73.04",
                    "extended": False,
                }
            ]
        }
    )

    rule_code: Annotated[Line, Field(max_length=100)]
    started_at: Moment = Field(
        ge=datetime.fromisoformat("2015-01-01T00:00:00+00:00"),
        le=datetime.fromisoformat("2100-01-01T00:00:00+00:00"),
    )
    time_zone: Zone = Field(description="That of the handling office.")
    region_code: Annotated[str, Field(pattern=REGION_CODE)] = NATION
    extended: StrictBool = Field(
        False, description="With the one extension, where the rule has one."
    )


class TraceLineOut(BaseModel):
    """One day, or a part of one."""

    model_config = ConfigDict(from_attributes=True)

    on: date
    counted: bool
    mark: Mark
    reason: TextOut


class TraceOut(BaseModel):
    """Why a deadline falls where it falls."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(description="The rule.", examples=["regional-handling"])
    version: int
    calendar_revision: int
    zone: str = Field(examples=["Asia/Makassar"])
    lines: list[TraceLineOut]


class DueOut(BaseModel):
    """By when, and why."""

    model_config = ConfigDict(from_attributes=True)

    due_on: date = Field(description="The last day, in the zone of the office.")
    due_at: datetime = Field(description="The first moment too late.")
    trace: TraceOut
