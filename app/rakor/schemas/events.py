"""What crosses the wire about events, their run-down and their stages."""

from datetime import UTC, date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.core import forms
from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.rakor.rules.events import EventKind, Level, Mode, ParticipantRole, Stage, TargetGroup

# Beyond these the day at the venue cannot be computed.
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_AREA: Final = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2})?)?$"

Moment = Annotated[forms.Moment, Field(ge=_EARLIEST, lt=_LATEST)]
Kinds = Annotated[list[EventKind], Field(min_length=1, max_length=len(EventKind))]
TargetGroups = Annotated[list[TargetGroup], Field(max_length=len(TargetGroup))]
Title = Annotated[Line, Field(max_length=300)]
Purpose = Annotated[Prose, Field(max_length=4_000)]
Venue = Annotated[Line, Field(max_length=300)]
VenueRegion = Annotated[
    str, Field(pattern=REGION_CODE, description="Where the venue lies; its clocks count.")
]
ElectionCode = Annotated[str, Field(pattern=ELECTION_CODE, max_length=40)]
OfficeName = Annotated[Line, Field(max_length=200)]
Post = Annotated[Line, Field(max_length=200, description="The post, never a person's name.")]

_ORGANISER: JsonDict = {
    "office_id": "01932b5e-7c00-7000-8000-000000000001",
    "region_code": "13.03",
}
_PLAN: JsonDict = {
    "kinds": ["outreach", "declaration"],
    "mode": "on_site",
    "title": "Sosialisasi dan Deklarasi Netralitas ASN, TNI, Polri, dan Wali Nagari",
    "purpose": "Meneguhkan netralitas aparatur menjelang pemungutan suara.",
    "venue": "Hotel Bukik Gadang",
    "venue_region_code": "13.03",
    "starts_on": "2024-09-30",
    "ends_on": "2024-10-01",
    "election_code": "pilkada-2024",
    "is_stage": True,
    "target_groups": ["civil_servants", "military", "police", "village_heads"],
}
_STATE: JsonDict = {
    "id": "01932b5e-7c00-7000-8000-000000000002",
    "office_name": "Bawaslu Kabupaten Sijunjung",
    "level": "regency",
    "time_zone": "Asia/Jakarta",
    "stage": "published",
    "drafted_at": "2024-09-20T03:00:00Z",
    "published_at": "2024-09-21T03:00:00Z",
    "cancellation_reason": None,
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
}


class EventPlan(BaseModel):
    """What can be changed while an event lies ahead."""

    kinds: Kinds
    mode: Mode
    title: Title
    purpose: Purpose
    venue: Venue | None = Field(None, description="Only an event that is online needs none.")
    venue_region_code: VenueRegion
    starts_on: Day
    ends_on: Day = Field(description="The last day.")
    election_code: ElectionCode | None = None
    is_stage: StrictBool = Field(description="Whether it belongs to a stage of the election.")
    target_groups: TargetGroups


class EventIn(EventPlan, Form):
    """A new event, which begins as a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ORGANISER | _PLAN]})

    office_id: UUID = Field(description="The organiser: your own office, or one of your area.")
    region_code: str | None = Field(
        None, pattern=_AREA, description="The area that it is for; by default the organiser's."
    )


class EventPatch(Form):
    """What may change while an event lies ahead: absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"venue": "Gedung Rekaan"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    kinds: Kinds = Field(default_factory=list)
    mode: Mode = Field(default_factory=lambda: Mode.ON_SITE)
    title: Title = Field(default_factory=str)
    purpose: Purpose = Field(default_factory=str)
    venue: Venue | None = None
    venue_region_code: VenueRegion = Field(default_factory=str)
    starts_on: Day = Field(default_factory=lambda: date.min)
    ends_on: Day = Field(default_factory=lambda: date.min)
    election_code: ElectionCode | None = None
    is_stage: StrictBool = Field(default_factory=bool)
    target_groups: TargetGroups = Field(default_factory=list)


class EventOut(EventPlan):
    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [_ORGANISER | _PLAN | _STATE]}
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
    version: int = Field(description="The ETag is this number.")


class ContributorIn(Form):
    """An office and post with a part in a session."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CONTRIBUTOR]})

    role: ParticipantRole
    office_name: OfficeName
    post: Post


class SessionIn(Form):
    """One item of the run-down."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SESSION]})

    title: Title
    starts_at: Moment
    ends_at: Moment = Field(description="It may pass midnight, not the last day of the event.")
    contributors: list[ContributorIn] = Field([], max_length=30)


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


class EventDetailOut(EventOut):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                _ORGANISER | _PLAN | _STATE | {"sessions": [_SESSION | _SESSION_STATE]},
            ]
        }
    )

    sessions: list[SessionOut] = Field(description="The run-down, in order.")


class CancellationIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Gedung dipakai untuk penghitungan suara."}]}
    )

    reason: Annotated[Line, Field(max_length=500, description="Public; names no person.")]


class EventFilter(Slice):
    stage: Stage | None = Field(None, description="Drafts are there for the area's officers.")
    kind: EventKind | None = None
    level: Level | None = None
    region: str | None = Field(None, pattern=_AREA, description="It and all within it.")
    office_id: UUID | None = None
    election_code: ElectionCode | None = None
    since: Day | None = Field(None, description="Lasting until this day or beyond.")
    until: Day | None = Field(None, description="Starting on this day or before.")
