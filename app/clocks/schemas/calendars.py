"""What crosses the wire about days off."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.calendars import HolidayKind
from app.clocks.rules.norms import Confidence
from app.core.paging import Slice
from app.core.places import REGION_CODE

_EARLIEST, _LATEST = 2015, 2100


class HolidayFilter(Slice):
    year: int | None = Field(None, ge=_EARLIEST, le=_LATEST, examples=[2024])
    kind: HolidayKind | None = Field(None, examples=[HolidayKind.JOINT_LEAVE])
    region_code: Annotated[str, Field(pattern=REGION_CODE)] | None = Field(
        None, description="Only the days that are off in this place.", examples=["13.03"]
    )
    revision: int | None = Field(
        None,
        ge=1,
        le=2**31 - 1,
        description="As this revision had it; without it, as it is now.",
        examples=[1],
    )


class HolidayOut(BaseModel):
    """A day that is no working day, besides Saturdays and Sundays."""

    model_config = ConfigDict(from_attributes=True)

    day: date = Field(examples=["2024-04-10"])
    kind: HolidayKind
    name: str = Field(examples=["Hari Raya Idul Fitri"])
    source: str = Field(
        description="The decree, or where we have it from.", examples=["SKB 855/2023"]
    )
    confidence: Confidence = Field(description="How well this day is known.")
    area_code: str = Field(description="`00` is the whole country.", examples=["00"])
    since_revision: int = Field(description="The first revision of the calendar that has it.")
    until_revision: int | None = Field(
        description="The first revision that has it no more; null while it stands."
    )
