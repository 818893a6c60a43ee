"""What crosses the wire about check-ins and presence."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.forms import Form
from app.rakor.rules import attendance as rules
from app.rakor.rules.attendance import Answer, AttendanceMode, Direction, Presence
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.events import Moment, OfficeName, Post
from app.rakor.schemas.invitations import INVITED

_CHECK_IN: JsonDict = {
    "office_name": "Redaksi Koran Rekaan",
    "post": "Wartawan",
    "direction": "in",
    "mode": "on_site",
    "captured_at": "2024-09-30T01:45:00Z",
    "nonce": "k3Vt9QpW",
}


class CheckInIn(Form):
    """Somebody came or left: by invitation, or as a walk-in with office and post."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHECK_IN]})

    invitation_id: UUID | None = None
    office_name: OfficeName | None = None
    post: Post | None = None
    session_id: UUID | None = Field(None, description="Leave it out for the event as a whole.")
    direction: Direction = Direction.IN
    mode: AttendanceMode
    captured_at: Moment = Field(description="By the clock of the device.")
    nonce: str | None = Field(
        None, pattern=r"^[A-Za-z0-9_-]{8,64}$", description="Random, of the ticket scanned."
    )

    @model_validator(mode="after")
    def is_somebody(self) -> Self:
        walk_in = (self.office_name, self.post)
        rules.check_attendee(is_invited=self.invitation_id is not None, walk_in=walk_in)
        return self


class CheckInOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    invitation_id: UUID | None
    office_name: str | None
    post: str | None
    session_id: UUID | None
    direction: Direction
    mode: AttendanceMode
    captured_at: datetime
    recorded_at: datetime = Field(description="By our clock.")
    nonce: str | None


class PresenceOut(BaseModel):
    invitation_id: UUID
    office_id: UUID | None
    office_name: str = Field(examples=[INVITED["office_name"]])
    region_code: str = Field(examples=[INVITED["region_code"]])
    post: str = Field(examples=[INVITED["post"]])
    role: ParticipantRole
    answer: Answer | None
    presence: Presence
    first_at: datetime | None = Field(description="The first check-in, by the device's clock.")


class WalkInOut(BaseModel):
    office_name: str = Field(examples=[_CHECK_IN["office_name"]])
    post: str = Field(examples=[_CHECK_IN["post"]])
    first_at: datetime


class AttendanceOut(BaseModel):
    """Who was there for which office, as far as the devices have told."""

    event_id: UUID
    invited: int
    totals: dict[Presence, int]
    items: list[PresenceOut]
    walk_ins: list[WalkInOut]
