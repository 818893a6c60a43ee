"""What crosses the wire about attendance lists that were closed."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Form
from app.core.paging import Slice
from app.rakor.rules.attendance import Presence

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class ClosingFilter(Slice):
    """All closed lists of an event."""


class AttendanceClosingOut(BaseModel):
    """An attendance list that was closed: its hash stands in the journal."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    number: int = Field(description="Closed again after late check-ins, it is the next one.")
    sha256: str = Field(description="Of the UTF-8 bytes of `content`.", examples=[_SHA256])
    invited: int = Field(examples=[42])
    totals: dict[Presence, int]
    closed_at: datetime
    closed_by: UUID | None = Field(description="The officer.")
    approved_at: datetime | None = Field(None, description="Null: not approved by the chair.")
    approved_by: UUID | None = Field(None, description="The officer.")


class AttendanceApprovalIn(Form):
    """Which list the chair has read, by its hash."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sha256": _SHA256}]})

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", examples=[_SHA256])


class AttendanceClosingDetailOut(AttendanceClosingOut):
    content: str = Field(
        description="The list as `/attendance` gave it at that moment, as JSON.",
        examples=['{"event_id":"01932b5e-7c00-7000-8000-000000000001","invited":42}'],
    )
