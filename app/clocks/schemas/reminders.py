"""What crosses the wire about reminders."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.norms import Step
from app.clocks.rules.reminding import ReminderKind
from app.core.paging import Slice


class ReminderFilter(Slice):
    unread: bool | None = Field(
        None,
        description="`true`: only those not read yet, of steps not done; `false`: only those read.",
    )
    own: bool = Field(
        False, description="Only those of your own office, not of the offices below it."
    )
    kind: ReminderKind | None = Field(None, examples=[ReminderKind.BEFORE])


class ReminderOut(BaseModel):
    """A step that is nearly due, due, or late."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    clock_id: UUID
    subject_id: UUID = Field(description="The case or other thing that has to be acted on.")
    region_code: str = Field(examples=["13.03"])
    office_id: UUID = Field(description="The desk that must act.")
    step: Step
    kind: ReminderKind
    due_at: datetime = Field(description="The first moment too late.")
    due_on: date = Field(description="The last day, in the zone of the desk.")
    at: datetime = Field(description="When the desk was told.")
    read_at: datetime | None
