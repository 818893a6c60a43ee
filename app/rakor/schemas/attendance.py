"""What crosses the wire about invitations, answers, check-ins and presence."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.forms import Form, Line, Prose
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.rakor.rules import attendance as rules
from app.rakor.rules.attendance import Answer, AttendanceMode, Direction, Presence
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.events import Moment, OfficeName, Post

_CODE = "Zx3kQ0m1vT7bN5yR2wL8cAp4Hd6Js9Fg1Ue0Oi2Yt5M"
_INVITED: JsonDict = {
    "office_name": "Kantor Wali Nagari Rekaan",
    "region_code": "13.03.03",
    "post": "Wali Nagari",
    "role": "participant",
}
_CHECK_IN: JsonDict = {
    "office_name": "Redaksi Koran Rekaan",
    "post": "Wartawan",
    "direction": "in",
    "mode": "on_site",
    "captured_at": "2024-09-30T01:45:00Z",
    "nonce": "k3Vt9QpW",
}
_DECLINED: JsonDict = {"code": _CODE, "answer": "declined", "reason": "Rapat lain di hari itu."}

DeputyPost = Annotated[Post, Field(description="The post of the deputy, never a name.")]


class InvitedIn(Form):
    """A post in an office: a registered one by its id, any other by its name and region."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INVITED]})

    office_id: UUID | None = None
    office_name: OfficeName | None = None
    region_code: str | None = Field(None, pattern=REGION_CODE)
    post: Post
    role: ParticipantRole = ParticipantRole.PARTICIPANT

    @model_validator(mode="after")
    def has_one_address(self) -> Self:
        address = (self.office_name, self.region_code)
        rules.check_invited(is_registered=self.office_id is not None, address=address)
        return self


class InvitationsIn(Form):
    """One letter to one or many offices."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"letter_number": "005/PM.00/IX/2024", "invited": [_INVITED]}]
        }
    )

    letter_number: Annotated[Line, Field(max_length=100)] | None = None
    invited: list[InvitedIn] = Field(min_length=1, max_length=1_000)


class InvitationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    office_id: UUID | None
    office_name: str = Field(examples=[_INVITED["office_name"]])
    region_code: str = Field(examples=[_INVITED["region_code"]])
    post: str = Field(examples=[_INVITED["post"]])
    role: ParticipantRole
    letter_number: str | None
    invited_at: datetime
    answer: Answer | None
    deputy_post: str | None
    answered_at: datetime | None


class IssuedInvitationOut(InvitationOut):
    code: str = Field(examples=[_CODE], description="Answers for this office; shown only now.")


class IssuedOut(BaseModel):
    items: list[IssuedInvitationOut]


class InvitationDetailOut(InvitationOut):
    reason: str | None = Field(description="Why they decline; reading it is journalled.")


class InvitationFilter(Slice):
    answer: Answer | None = None
    is_answered: bool | None = None


class AnswerIn(Form):
    """The answer of an office, by whoever holds the code of its invitation."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DECLINED]})

    code: Annotated[Line, Field(max_length=64, json_schema_extra={"writeOnly": True})]
    answer: Answer
    deputy_post: DeputyPost | None = Field(None, description="Only who sends a deputy.")
    reason: Annotated[Prose, Field(max_length=1_000)] | None = Field(
        None, description="Only who declines."
    )


class AnsweredOut(BaseModel):
    """The invitation as its office now has answered it."""

    event_id: UUID
    title: str = Field(examples=["Rapat Koordinasi Netralitas ASN"])
    venue: str | None
    starts_on: date
    ends_on: date
    office_name: str = Field(examples=[_INVITED["office_name"]])
    post: str = Field(examples=[_INVITED["post"]])
    answer: Answer
    deputy_post: str | None
    answered_at: datetime


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
    office_name: str = Field(examples=[_INVITED["office_name"]])
    region_code: str = Field(examples=[_INVITED["region_code"]])
    post: str = Field(examples=[_INVITED["post"]])
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
