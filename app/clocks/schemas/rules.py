"""What crosses the wire about deadline rules."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.clocks.rules.norms import (
    Breach,
    Confidence,
    OnTransfer,
    RollOver,
    StartEvent,
    Step,
    StopReason,
    Unit,
)
from app.core.forms import Day
from app.core.paging import Slice
from app.elections.rules import Regime


class RuleFilter(Slice):
    regime: Regime | None = Field(None, examples=[Regime.REGIONAL_ELECTION])
    on: Day | None = Field(
        None,
        description="Only the versions in force on this day; without it, every version.",
        examples=["2024-11-27"],
    )


_HANDLING: JsonDict = {
    "code": "regional-handling",
    "version": 1,
    "regime": "regional_election",
    "step": "handling",
    "amount": 3,
    "unit": "calendar_day",
    "start_event": "registered",
    "first_day_counts": False,
    "end_of_day": True,
    "roll_over": "none",
    "stops_on": None,
    "extended_amount": 5,
    "extended_unit": "calendar_day",
    "on_transfer": "continue",
    "breach": "unsettled",
    "source": "UU 1/2015 Art. 134(5) and (6)",
    "confidence": "secondary",
    "valid_from": "2015-02-02",
    "valid_to": None,
}


class RuleOut(BaseModel):
    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_HANDLING]})

    code: str
    version: int
    regime: Regime
    step: Step = Field(description="What has to happen in time.")
    amount: int
    unit: Unit
    start_event: StartEvent = Field(description="What makes the clock start.")
    first_day_counts: bool = Field(description="Whether the day of the start is day 1.")
    end_of_day: bool = Field(description="Whether the last day counts to its end.")
    roll_over: RollOver = Field(description="What happens where the last day is no working day.")
    stops_on: StopReason | None = Field(
        description="What stops the clock; null where nothing does."
    )
    extended_amount: int | None = Field(
        description="The whole time after the one extension, from the same start; null without one."
    )
    extended_unit: Unit | None
    on_transfer: OnTransfer = Field(description="What a hand-over to another office does to it.")
    breach: Breach = Field(description="What follows where the time has run out.")
    source: str = Field(description="The article, or where we have it from.")
    confidence: Confidence = Field(description="How well this version is known.")
    valid_from: date
    valid_to: date | None = Field(description="Last day on which it is in force.")
