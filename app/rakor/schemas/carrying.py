"""What crosses the wire about follow-ups on the agenda of a later event."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form
from app.core.paging import Slice
from app.rakor.schemas.events import SessionIn
from app.rakor.schemas.followups import EventFollowUpOut


class CarryingIn(Form):
    """From which earlier events, and the session of this event in which they are discussed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "from_event_ids": ["01932b5e-7c00-7000-8000-000000000002"],
                    "session": {
                        "title": "Pembahasan tindak lanjut rapat sebelumnya",
                        "starts_at": "2024-09-30T04:00:00Z",
                        "ends_at": "2024-09-30T05:00:00Z",
                    },
                }
            ]
        }
    )

    from_event_ids: list[UUID] = Field(min_length=1, max_length=50)
    session: SessionIn


class CarriedOut(BaseModel):
    """A follow-up on the agenda of a later event."""

    event_id: UUID = Field(description="The later event.")
    session_id: UUID
    carried_at: datetime
    follow_up: EventFollowUpOut


class CarriedListOut(BaseModel):
    items: list[CarriedOut]


class CarriedFilter(Slice):
    """All follow-ups on the agenda of an event."""
