"""What crosses the wire about reminders of follow-ups."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.clocks.rules.reminding import ReminderKind
from app.core.paging import Slice
from app.correspondence.rules.notices import NoticeState


class FollowUpReminderFilter(Slice):
    unread: bool | None = Field(None, description="`true`: not read, of what is not finished.")
    own: bool = Field(False, description="Only those of your own office.")
    kind: ReminderKind | None = None


class FollowUpReminderOut(BaseModel):
    """A follow-up that is nearly due, due, or late."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    follow_up_id: UUID
    region_code: str = Field(examples=["13.03"])
    office_id: UUID = Field(
        description="The responsible office; where it is not registered, the organiser."
    )
    kind: ReminderKind
    due_on: date
    at: datetime = Field(description="When the desk was told.")
    read_at: datetime | None
    mail_state: NoticeState | None = Field(
        description="Of the letter to the office; null where no address is known."
    )
