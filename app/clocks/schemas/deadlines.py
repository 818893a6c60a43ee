"""What crosses the wire about a deadline that runs or ran: when, and every day of why."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.counting import Mark
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Cause, Outcome
from app.core.forms import TextOut


class TraceLineOut(BaseModel):
    """A day, or a part of one: whether it was counted, and why."""

    model_config = ConfigDict(from_attributes=True)

    on: date
    counted: bool
    mark: Mark
    reason: TextOut


class TraceOut(BaseModel):
    """Why a deadline falls where it falls."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(description="The rule.", examples=["regional-handling"])
    version: int = Field(description="Of the rule.")
    calendar_revision: int
    zone: str = Field(examples=["Asia/Makassar"])
    lines: list[TraceLineOut]


class CountedOut(BaseModel):
    """A due date that a clock has or had."""

    at: datetime = Field(description="When it was counted.")
    cause: Cause
    due_at: datetime = Field(description="The first moment that is too late.")
    due_on: date = Field(description="The last day, in the zone.")
    trace: TraceOut


class DeadlineOut(BaseModel):
    """One clock: by when whose step is due, and the counts that gave each of its due dates."""

    id: UUID
    step: Step
    office_id: UUID = Field(description="The desk that must act.")
    started_at: datetime
    stopped_at: datetime | None = Field(description="It stands still since.")
    extended_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    present: CountedOut
    earlier: list[CountedOut] = Field(description="What it was due before, oldest first.")
