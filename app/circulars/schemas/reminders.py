"""What crosses the wire about reminders of circulars."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.reminding import ReminderKind
from app.core.paging import Slice


class CircularReminderFilter(Slice):
    unread: bool | None = Field(None, description="`true`: not read, of what is still owed.")
    own: bool = Field(False, description="Only those of your own office.")
    kind: ReminderKind | None = None


class CircularReminderOut(BaseModel):
    """What an addressed office owes is nearly due, due, or late."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    circular_id: UUID
    addressee_id: UUID
    region_code: str = Field(examples=["73.07"])
    office_id: UUID
    kind: ReminderKind
    due_on: date
    at: datetime = Field(description="When the desk was told.")
    read_at: datetime | None
