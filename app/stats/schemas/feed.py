"""What crosses the wire about moves of the figures, one by one."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.stats.rules.areas import Depth
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from app.stats.schemas.figures import MOST_FOLDS, SeriesFilter


class MovedOut(BaseModel):
    """Up to which fold the figures are."""

    model_config = ConfigDict(from_attributes=True)

    fold: int = Field(description="`snapshot` of the answers from now on.", examples=[4711])
    at: datetime | None = Field(description="When it changed the figures; null: never yet.")
    units: list[Unit] = Field(
        description="What changed in the area since the event before, or since `Last-Event-ID`.",
        examples=[["case", "person"]],
    )


class PlaceFilter(Form):
    region: str | None = Field(
        None, pattern=REGION_CODE, description="This part of the reader's area.", examples=["73"]
    )


class ChangesFilter(PlaceFilter):
    election: str | None = Field(
        None,
        pattern=ELECTION_CODE,
        max_length=40,
        description="Only what belongs to this election; without it, everything.",
        examples=["pilkada-2024"],
    )
    unit: Unit | None = Field(None, description="Only of this unit.")
    since_fold: int | None = Field(
        None,
        ge=0,
        le=MOST_FOLDS,
        description="Only what came after this `snapshot`, of which the changes must be kept;"
        " without it, all that are kept.",
    )


class ChangeOut(BaseModel):
    """By how much a fold changed one figure, and which act was the reason.

    A correction is a line that takes away and one that adds.
    """

    model_config = ConfigDict(from_attributes=True)

    fold: int = Field(examples=[4711])
    reason: str = Field(
        description="The act, as the journal calls it; `figures.retold` where all was told anew.",
        examples=["case.registered"],
    )
    unit: Unit
    change: int = Field(examples=[1])
    region_code: str = Field(examples=["73.04"])
    election_code: str = Field(description="Empty: of no election.", examples=["pilkada-2024"])
    day: date
    codes: dict[Dimension, str | list[str]] = Field(
        description="By what it is told apart; a thing can have several of one.",
        examples=[{"source": "report", "violation_kind": ["social_media_support"]}],
    )


class CellsFilter(SeriesFilter):
    by: Dimension = Field(description="Regions, days, or the codes of a dimension.")
    across: Dimension | None = Field(None, description="And by this.")
    level: Depth | None = Field(
        None, description="Of regions, one or two levels below; otherwise it has no effect."
    )


class CountedCell(BaseModel):
    key: str = Field(examples=["73.04"])
    across: str | None = Field(None, examples=["2024-11-05"])
    count: int = Field(examples=[12])


class WholeOut(BaseModel):
    """The last line: what ends without it broke off."""

    complete_to: int = Field(description="The `snapshot` of which all lines are.", examples=[4711])
    lines: int = Field(description="How many changes or counts there were.", examples=[1])
