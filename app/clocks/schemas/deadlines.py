"""What crosses the wire about a deadline that runs or ran: when, and every day of why."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from app.clocks.rules.norms import Step
from app.clocks.rules.running import Cause, Outcome
from app.clocks.schemas.counting import DueOut


class CountedOut(DueOut):
    """A due date that a clock has or had."""

    at: datetime = Field(description="When it was counted.")
    cause: Cause


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
