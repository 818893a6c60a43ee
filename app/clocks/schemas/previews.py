"""What crosses the wire about proposed changes of calendars and rules."""

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.clocks.rules.calendars import HolidayKind
from app.clocks.rules.norms import (
    Breach,
    Confidence,
    OnTransfer,
    RollOver,
    Step,
    StopReason,
    Unit,
)
from app.core.forms import Day, Form, Line
from app.core.paging import Slice
from app.core.places import NATION, REGION_CODE

_MOST_DAYS: Final = 400
_MOST_RULES: Final = 50
_MOST_TIME: Final = 1_000
"""Hours or days: longer than any step of the law, and short enough to count."""

Area = Annotated[str, Field(pattern=REGION_CODE, description="`00` is the whole country.")]
Words = Annotated[Line, Field(max_length=300)]
Amount = Annotated[int, Field(ge=1, le=_MOST_TIME, strict=True)]

_ADDED: Final[JsonDict] = {
    "day": "2031-11-26",
    "kind": "joint_leave",
    "name": "Cuti Bersama (contoh)",
    "source": "Contoh keputusan bersama",
    "confidence": "unverified",
    "area_code": "00",
}


class HolidayKeyIn(Form):
    """Which day off is meant."""

    day: Day = Field(ge=date(2015, 1, 1), le=date(2100, 12, 31))
    kind: HolidayKind
    area_code: Area = NATION


class HolidayIn(HolidayKeyIn):
    """A day off that a decree sets."""

    name: Words
    source: Words = Field(description="The decree.")
    confidence: Confidence


class RuleVersionIn(Form):
    """The next version of a rule that there is; regime, step and start stay as they are."""

    code: Words = Field(examples=["regional-tracing"])
    amount: Amount
    unit: Unit
    first_day_counts: StrictBool = False
    end_of_day: StrictBool = True
    roll_over: RollOver = RollOver.NONE
    stops_on: StopReason | None = None
    extended_amount: Amount | None = None
    extended_unit: Unit | None = None
    on_transfer: OnTransfer = OnTransfer.CONTINUE
    breach: Breach = Breach.UNSETTLED
    source: Words
    confidence: Confidence
    valid_from: Day
    valid_to: Day | None = None


class ProposalIn(Form):
    """A change of the law of time, as a whole: what comes, what goes, and new versions of rules."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"holidays_added": [_ADDED], "holidays_cancelled": [], "rules": []}]
        }
    )

    holidays_added: list[HolidayIn] = Field([], max_length=_MOST_DAYS)
    holidays_cancelled: list[HolidayKeyIn] = Field([], max_length=_MOST_DAYS)
    rules: list[RuleVersionIn] = Field([], max_length=_MOST_RULES)


class MoveOut(BaseModel):
    """An open clock that would move."""

    model_config = ConfigDict(from_attributes=True)

    clock_id: UUID
    subject_id: UUID = Field(description="The case or other thing that it runs on.")
    region_code: str = Field(examples=["13.03"])
    office_id: UUID = Field(description="The desk that must act.")
    step: Step
    due_at: datetime = Field(description="As it is now: the first moment too late.")
    due_on: date = Field(description="As it is now: the last day, in the zone of the desk.")
    new_due_at: datetime
    new_due_on: date


class PreviewOut(BaseModel):
    """A proposed change, and what it would move in the whole country."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    proposed_at: datetime
    officer_id: UUID | None = Field(description="Who proposed it; null for newer shipped data.")
    base_revision: int = Field(description="The revision of the law that it would change.")
    open_clocks: int = Field(description="Clocks that were counted again.", examples=[1200])
    moved: int = Field(description="Clocks that would move.", examples=[40])
    earlier: int = Field(description="Of these, those that would be due earlier.", examples=[0])
    proposal: ProposalIn
    approved_at: datetime | None
    approved_by_id: UUID | None
    revision: int | None = Field(description="The revision that it became; null until approved.")


class PreviewedOut(PreviewOut):
    first_moves: list[MoveOut] = Field(
        description="Those due first, at most 20; the whole list is at `/moves`."
    )


class PreviewFilter(Slice):
    pass


class MoveFilter(Slice):
    pass
