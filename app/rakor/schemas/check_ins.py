"""What crosses the wire about check-ins, one by one and by the batch, and scans that failed."""

from datetime import datetime
from typing import Annotated, Final, Self, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WrapValidator, model_validator
from pydantic.config import JsonDict

from app.core.batches import ItemProblem, read_alone
from app.core.forms import Form, Line
from app.core.outcomes import ItemOutcome
from app.core.paging import Slice
from app.rakor.rules import attendance, scans
from app.rakor.rules.attendance import AttendanceMode, Direction
from app.rakor.rules.faults import ScanFault
from app.rakor.rules.scans import MOST_ITEMS
from app.rakor.schemas.events import Moment, OfficeName, Post

_CHECK_IN: JsonDict = {
    "office_name": "Redaksi Koran Rekaan",
    "post": "Wartawan",
    "direction": "in",
    "mode": "on_site",
    "captured_at": "2024-09-30T01:45:00Z",
}
_ITEM: JsonDict = {"id": "01924103-9c00-7a51-b3de-0c5a8f6e2d12", **_CHECK_IN}
_HASH: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

PersonName = Annotated[
    Line,
    Field(
        max_length=200,
        description="Of a walk-in; kept sealed.",
        json_schema_extra={"writeOnly": True},
    ),
]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class CheckInIn(Form):
    """Somebody came or left: by invitation, or as a walk-in with office and post."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHECK_IN | {"nonce": "k3Vt9QpW"}]})

    invitation_id: UUID | None = None
    office_name: OfficeName | None = None
    post: Post | None = None
    name: PersonName | None = None
    session_id: UUID | None = Field(None, description="Leave it out for the event as a whole.")
    direction: Direction = Direction.IN
    mode: AttendanceMode
    captured_at: Moment = Field(description="By the clock of the device.")
    nonce: Nonce | None = Field(None, description="Random, of the ticket scanned.")

    @model_validator(mode="after")
    def is_somebody(self) -> Self:
        walk_in = (self.office_name, self.post)
        attendance.check_attendee(is_invited=self.invitation_id is not None, walk_in=walk_in)
        scans.check_name(self.name, is_walk_in=self.invitation_id is None)
        return self


class CheckInItemIn(Form):
    """One scan; its id is made by the device, and never used for another.

    `ticket` is what was scanned. Where the door stayed closed, `fault` says why: beside a ticket
    that our key signed, so that nobody who came is lost. Anything else that somebody had in hand
    comes as its SHA-256 in `scanned_hash`, with its `fault`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_ITEM]})

    id: UUID
    ticket: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None
    invitation_id: UUID | None = Field(None, description="Found on the list, without a ticket.")
    office_name: OfficeName | None = None
    post: Post | None = None
    name: PersonName | None = None
    scanned_hash: str | None = Field(None, pattern=r"^[0-9a-f]{64}$", examples=[_HASH])
    fault: ScanFault | None = Field(None, description="Why the door stayed closed, where it did.")
    session_id: UUID | None = Field(None, description="Leave it out for the event as a whole.")
    direction: Direction = Direction.IN
    mode: AttendanceMode
    captured_at: Moment = Field(description="By the clock of the device.")
    sequence: int | None = Field(None, ge=1, lt=2**31, description="Of the device, from 1.")
    nonce: Nonce | None = None

    @model_validator(mode="after")
    def has_one_source(self) -> Self:
        is_walk_in = scans.check_whole(self.office_name, self.post)
        is_hash = self.scanned_hash is not None
        scans.check_sources(
            ticket=self.ticket is not None,
            invitation=self.invitation_id is not None,
            walk_in=is_walk_in,
            failed=is_hash and scans.check_whole(self.scanned_hash, self.fault),
        )
        scans.check_name(self.name, is_walk_in=is_walk_in)
        return self


# Whatever is no item is answered in its place, so that the contract allows it.
CheckInItem: TypeAlias = Annotated[
    CheckInItemIn,
    WrapValidator(read_alone, json_schema_input_type=CheckInItemIn | dict[str, JsonValue]),
]


class CheckInBatchIn(Form):
    """What one device saw at its door; send it again until it is answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_ITEM]}]})

    device_id: UUID | None = Field(
        None, description="Only from an officer who sends what a device holds."
    )
    items: list[CheckInItem] = Field(min_length=1, max_length=MOST_ITEMS)


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
    device_id: UUID | None
    sequence: int | None
    ticket_id: UUID | None = Field(description="The ticket that was scanned.")


class CheckInDetailOut(CheckInOut):
    name: str | None = Field(description="Of a walk-in; reading it is journalled.")


class CheckInFilter(Slice):
    session_id: UUID | None = None
    invitation_id: UUID | None = None
    device_id: UUID | None = None


class FailedScanOut(BaseModel):
    """Something that a door saw and that does not count, with whoever it was, where that is known.

    The name of a walk-in stays sealed.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    event_id: UUID
    session_id: UUID | None
    fault: ScanFault
    scanned_key: str | None = Field(
        examples=[_HASH],
        description="Equal where the same was scanned; nothing can be read out of it.",
    )
    invitation_id: UUID | None = Field(description="Where it was a ticket of ours, or on the list.")
    office_name: str | None
    post: str | None
    direction: Direction
    mode: AttendanceMode
    device_id: UUID | None
    captured_at: datetime
    recorded_at: datetime


class FailedScanFilter(Slice):
    fault: ScanFault | None = None
    device_id: UUID | None = None


class CheckInItemOut(BaseModel):
    """What became of the item in this place."""

    id: UUID | None = Field(description="As it was sent; null where it cannot be read.")
    outcome: ItemOutcome
    check_in: CheckInOut | None = Field(description="Null also for a scan that failed.")
    problem: ItemProblem | None


class CheckInBatchOut(BaseModel):
    """One answer for each item, in the same order."""

    recorded: int = Field(examples=[1])
    repeated: int = Field(examples=[0])
    refused: int = Field(examples=[0])
    items: list[CheckInItemOut]
