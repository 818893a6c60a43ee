from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form

_MOST: Final = 366 * 86_400


class ClockCorrectionIn(Form):
    """By how much the clock of a device was wrong."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"fast_by_seconds": 86_400}]})

    fast_by_seconds: Annotated[
        int,
        Field(strict=True, ge=-_MOST, le=_MOST, description="Negative where the clock was behind."),
    ]


class ClockCorrectionOut(BaseModel):
    corrected: int = Field(description="Check-ins that count from now on.", examples=[28])
    left: int = Field(
        description="Not on a day of the event even so, or nobody knows who it was.", examples=[2]
    )
