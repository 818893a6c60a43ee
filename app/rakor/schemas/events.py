"""What crosses the wire about events, their run-down and their stages."""

from datetime import UTC, date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.core import forms
from app.core.forms import Day, Form, Line
from app.core.paging import Slice
from app.rakor.rules.events import EventKind, Level, ParticipantRole, Stage
from app.rakor.schemas.plans import (
    AREA,
    ORGANISER,
    PLAN,
    WITHIN,
    ElectionCode,
    PublicPlan,
    Title,
)

# Beyond these the day at the venue cannot be computed.
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)

Moment = Annotated[forms.Moment, Field(ge=_EARLIEST, lt=_LATEST)]
OfficeName = Annotated[Line, Field(max_length=200)]
Post = Annotated[Line, Field(max_length=200, description="The post, never a person's name.")]

_STATE: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000002",
    "office_name": "Bawaslu Kabupaten Sijunjung",
    "level": "regency",
    "time_zone": "Asia/Jakarta",
    "stage": "published",
    "drafted_at": "2024-09-20T03:00:00Z",
    "published_at": "2024-09-21T03:00:00Z",
    "cancellation_reason": None,
    "series_id": None,
    "copied_from_id": None,
    "sequence": 0,
    "version": 2,
}
_CONTRIBUTOR: JsonDict = {"role": "speaker", "office_name": "Sekretariat Daerah", "post": "Sekda"}
_SESSION: JsonDict = {
    "title": "Pembacaan ikrar netralitas",
    "starts_at": "2024-09-30T02:00:00Z",
    "ends_at": "2024-09-30T04:00:00Z",
    "contributors": [_CONTRIBUTOR],
}
_SESSION_STATE: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000003",
    "held_on": "2024-09-30",
    "version": 1,
}


class EventOut(PublicPlan):
    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [ORGANISER | PLAN | _STATE]}
    )

    id: UUID
    office_id: UUID
    office_name: str
    region_code: str = Field(description="The area that it is for.")
    level: Level
    time_zone: str = Field(description="The zone of the venue.")
    stage: Stage
    drafted_at: datetime
    published_at: datetime | None
    cancellation_reason: str | None
    series_id: UUID | None = Field(description="The first event of its series.")
    copied_from_id: UUID | None = Field(description="The event after which it was made.")
    sequence: int = Field(description="The SEQUENCE of its calendar entry (RFC 5545).")
    version: int = Field(description="The ETag is this number.")


class ContributorIn(Form):
    """An office and post with a part in a session."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CONTRIBUTOR]})

    role: ParticipantRole
    office_name: OfficeName
    post: Post


Contributors = Annotated[list[ContributorIn], Field(max_length=30)]


class SessionIn(Form):
    """One item of the run-down."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SESSION]})

    title: Title
    starts_at: Moment
    ends_at: Moment = Field(description="It may pass midnight, not the last day of the event.")
    contributors: Contributors = Field([])


class SessionPatch(Form):
    """What may change of a session while its event lies ahead: absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Pembukaan"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    title: Title = Field(default_factory=str)
    starts_at: Moment = Field(default_factory=lambda: _EARLIEST)
    ends_at: Moment = Field(default_factory=lambda: _EARLIEST)
    contributors: Contributors = Field(default_factory=list)


class SessionOut(BaseModel):
    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [_SESSION | _SESSION_STATE]}
    )

    id: UUID
    held_on: date = Field(description="The day at the venue on which it starts.")
    starts_at: datetime
    ends_at: datetime
    title: str
    contributors: list[ContributorIn]
    version: int = Field(description="The ETag is this number.")


class EventDetailOut(EventOut):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                ORGANISER | PLAN | WITHIN | _STATE | {"sessions": [_SESSION | _SESSION_STATE]},
            ]
        }
    )

    sessions: list[SessionOut] = Field(description="The run-down, in order.")
    online_link: str | None = Field(None, description="For the organiser and the invited.")
    assignment_letter: str | None = Field(None, description="For the organiser.")
    repository_link: str | None = Field(None, description="For the organiser.")


class CancellationIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Gedung dipakai untuk penghitungan suara."}]}
    )

    reason: Annotated[Line, Field(max_length=500, description="Public; names no person.")]


class EventFilter(Slice):
    stage: Stage | None = Field(None, description="Drafts are there for the area's officers.")
    kind: EventKind | None = None
    level: Level | None = None
    region: str | None = Field(None, pattern=AREA, description="It and all within it.")
    office_id: UUID | None = None
    election_code: ElectionCode | None = None
    series_id: UUID | None = None
    since: Day | None = Field(None, description="Lasting until this day or beyond.")
    until: Day | None = Field(None, description="Starting on this day or before.")
