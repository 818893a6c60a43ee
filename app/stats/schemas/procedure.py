"""What crosses the wire about how the procedure goes: how far, in time, how long, how old."""

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core.forms import TextOut
from app.stats.rules.areas import Depth
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from app.stats.rules.waiting import Waiting
from app.stats.schemas.answers import AnswerOut, RowOut, example, name
from app.stats.schemas.figures import FigureFilter

_KEPT: Final[JsonDict] = {
    "kept": 12,
    "missed": 3,
    "running": 2,
    "cancelled": 0,
    "total": 17,
    "share_kept": 0.8,
}
_DAYS: Final[JsonDict] = {"count": 17, "p25": 2, "median": 3, "p75": 5, "p90": 8, "longest": 14}

FUNNEL: Final[JsonDict] = example(
    Unit.CASE,
    rows=[
        {
            **name("reported", "Dilaporkan atau ditemukan", "Reported or found"),
            "count": 17,
            "share_of_step_before": None,
            "share_of_all": 1.0,
        },
        {
            **name("registered", "Diregistrasi", "Registered"),
            "count": 12,
            "share_of_step_before": 0.7059,
            "share_of_all": 0.7059,
        },
    ],
)
CLOCKS: Final[JsonDict] = example(
    Unit.DEADLINE,
    all=_KEPT,
    rows=[{**name("registration", "Registrasi", "Registration"), **_KEPT}],
)
TIMING: Final[JsonDict] = example(
    Unit.STEP,
    across="month",
    rows=[
        {
            **name("registration", "Diterima sampai registrasi", "Receipt to registration"),
            "across": "2024-11",
            "across_label": {"id": "2024-11", "en": "2024-11"},
            **_DAYS,
        }
    ],
)
AGES: Final[JsonDict] = example(
    Unit.CASE,
    on="2024-11-05",
    rows=[
        {
            **name("open_case", "Perkara yang belum diputus", "Cases not decided yet"),
            "band": "8-14",
            "first_day": 8,
            "last_day": 14,
            "count": 5,
        }
    ],
)


class FunnelFilter(FigureFilter):
    unit: Literal[Unit.CASE, Unit.PERSON] = Unit.CASE


class FunnelRowOut(RowOut):
    count: int = Field(description="Who came as far as this, or further.", examples=[12])
    share_of_step_before: float | None = Field(examples=[0.7059])
    share_of_all: float | None = Field(examples=[0.7059])


class FunnelOut(AnswerOut):
    """From the report to the sanction, in cases or in persons."""

    model_config = ConfigDict(json_schema_extra={"examples": [FUNNEL]})

    rows: list[FunnelRowOut]


class KeptOut(BaseModel):
    kept: int = Field(examples=[12])
    missed: int = Field(examples=[3])
    running: int = Field(description="Not ended yet, in time or not.", examples=[2])
    cancelled: int = Field(examples=[0])
    total: int = Field(examples=[17])
    share_kept: float | None = Field(description="Kept, of kept and missed.", examples=[0.8])


class ClockRowOut(RowOut, KeptOut):
    pass


class ClocksOut(AnswerOut):
    """Deadlines kept and broken, by the step of the law that they are for."""

    model_config = ConfigDict(json_schema_extra={"examples": [CLOCKS]})

    all: KeptOut
    rows: list[ClockRowOut]


class TimingFilter(FigureFilter):
    across: Literal[Dimension.REGION, Dimension.MONTH] | None = Field(
        None, description="Also told apart by region, or by the month of the step."
    )
    level: Depth | None = Field(
        None, description="Of regions, one or two levels below; otherwise it has no effect."
    )


class TimingRowOut(RowOut):
    """Quantiles of calendar days since the step before, each a number that was measured."""

    across: str | None = Field(description="The region or month.", examples=["2024-11"])
    across_label: TextOut | None
    count: int = Field(description="Steps taken.", examples=[17])
    p25: int | None = Field(examples=[2])
    median: int | None = Field(examples=[3])
    p75: int | None = Field(examples=[5])
    p90: int | None = Field(examples=[8])
    longest: int | None = Field(examples=[14])


class TimingOut(AnswerOut):
    """How many days each step took; what has not been taken yet is not in it (see `ages`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [TIMING]})

    across: Dimension | None
    rows: list[TimingRowOut]


class AgesFilter(FigureFilter):
    waiting: Waiting = Field(Waiting.OPEN_CASE, description="What waits.")


class AgeRowOut(RowOut):
    band: str = Field(description="Days, both ends included.", examples=["8-14"])
    first_day: int = Field(examples=[8])
    last_day: int | None = Field(description="Null: and more.", examples=[14])
    count: int = Field(examples=[5])


class AgesOut(AnswerOut):
    """What still waits, by its age in days as of today."""

    model_config = ConfigDict(json_schema_extra={"examples": [AGES]})

    on: date = Field(description="Ages are of this day.", examples=["2024-11-05"])
    rows: list[AgeRowOut]
