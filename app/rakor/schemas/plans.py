"""What crosses the wire about the plan of an event: drafted whole, changed in part."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.core.forms import Day, Form, Line, Prose
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.rakor.rules.events import EventKind, Mode, TargetGroup
from app.rakor.rules.plans import FIRST_DAY, LAST_DAY, PreventionForm

AREA: Final = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2})?)?$"

EventDay = Annotated[Day, Field(ge=FIRST_DAY, le=LAST_DAY)]
Kinds = Annotated[list[EventKind], Field(min_length=1, max_length=len(EventKind))]
TargetGroups = Annotated[list[TargetGroup], Field(max_length=len(TargetGroup))]
Title = Annotated[Line, Field(max_length=300)]
Purpose = Annotated[Prose, Field(max_length=4_000)]
Venue = Annotated[Line, Field(max_length=300)]
VenueRegion = Annotated[
    str,
    Field(pattern=REGION_CODE, description="Where the venue lies, down to its village."),
]
ElectionCode = Annotated[str, Field(pattern=ELECTION_CODE, max_length=40)]
Named = Annotated[Line, Field(max_length=200)]
Description = Annotated[Prose, Field(max_length=4_000, description="Public; names no person.")]
Capacity = Annotated[int, Field(ge=1, le=100_000, strict=True)]
Link = Annotated[str, Field(pattern=r"^https://[\x21-\x7e]+$", max_length=500)]
LetterNumber = Annotated[Line, Field(max_length=100)]

ORGANISER: Final[JsonDict] = {
    "office_id": "01932b5e-7c00-7000-8000-000000000001",
    "region_code": "13.03",
}
PLAN: Final[JsonDict] = {
    "kinds": ["outreach", "declaration"],
    "mode": "both",
    "title": "Sosialisasi dan Deklarasi Netralitas ASN, TNI, Polri, dan Wali Nagari",
    "purpose": "Meneguhkan netralitas aparatur menjelang pemungutan suara.",
    "venue": "Hotel Bukik Gadang",
    "venue_region_code": "13.03",
    "starts_on": "2024-09-30",
    "ends_on": "2024-10-01",
    "election_code": "pilkada-2024",
    "is_stage": True,
    "target_groups": ["civil_servants", "military", "police", "village_heads"],
    "prevention_form": "education",
    "description": "Sosialisasi aturan netralitas, lalu pembacaan ikrar.",
    "electoral_territory": "Kabupaten Sijunjung",
    "capacity": 200,
    "answers_due_on": "2024-09-27",
}
WITHIN: Final[JsonDict] = {
    "online_link": "https://rapat.contoh.go.id/sijunjung",
    "assignment_letter": "017/PM.00.02/K.SB-08/09/2024",
    "repository_link": "https://arsip.contoh.go.id/sijunjung/2024-09-30",
}


class PublicPlan(BaseModel):
    """What everybody may know of the plan of a published event."""

    kinds: Kinds
    other_kind: Named | None = Field(None, description="What it is, where `other` is a kind.")
    mode: Mode
    title: Title
    purpose: Purpose
    venue: Venue | None = Field(None, description="Only an event that is online needs none.")
    venue_region_code: VenueRegion
    starts_on: EventDay
    ends_on: EventDay = Field(description="The last day.")
    election_code: ElectionCode | None = None
    is_stage: StrictBool = Field(description="Whether it belongs to a stage of the election.")
    other_stage: Named | None = Field(None, description="Which, where the lists know none.")
    target_groups: TargetGroups
    prevention_form: PreventionForm | None = Field(None, description="Its form as prevention.")
    description: Description | None = None
    electoral_territory: Named | None = Field(None, description="The electoral territory.")
    capacity: Capacity | None = Field(None, description="How many places there are on site.")
    answers_due_on: EventDay | None = Field(
        None, description="Until when the invited answer; if absent, three days before it starts."
    )
    declaration_id: UUID | None = Field(None, description="The declaration made there.")
    circular_id: UUID | None = Field(None, description="The circular explained there.")


class EventPlan(PublicPlan):
    """What can be changed while an event lies ahead; the last three are not public."""

    online_link: Link | None = Field(None, description="For the organiser and the invited.")
    assignment_letter: LetterNumber | None = Field(None, description="Its number (SPT).")
    repository_link: Link | None = Field(None, description="Where the organiser keeps its files.")


class EventIn(EventPlan, Form):
    """A new event, which begins as a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [ORGANISER | PLAN | WITHIN]})

    office_id: UUID = Field(description="The organiser: your own office, or one of your area.")
    region_code: str | None = Field(
        None, pattern=AREA, description="The area that it is for; by default the organiser's."
    )


class EventPatch(Form):
    """What may change while an event lies ahead, or until its form is submitted: absent means
    unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"venue": "Gedung Rekaan"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    kinds: Kinds = Field(default_factory=list)
    other_kind: Named | None = None
    mode: Mode = Field(default_factory=lambda: Mode.ON_SITE)
    title: Title = Field(default_factory=str)
    purpose: Purpose = Field(default_factory=str)
    venue: Venue | None = None
    venue_region_code: VenueRegion = Field(default_factory=str)
    starts_on: EventDay = Field(default_factory=lambda: date.min)
    ends_on: EventDay = Field(default_factory=lambda: date.min)
    election_code: ElectionCode | None = None
    is_stage: StrictBool = Field(default_factory=bool)
    other_stage: Named | None = None
    target_groups: TargetGroups = Field(default_factory=list)
    prevention_form: PreventionForm | None = None
    description: Description | None = None
    electoral_territory: Named | None = None
    capacity: Capacity | None = None
    answers_due_on: EventDay | None = None
    declaration_id: UUID | None = None
    circular_id: UUID | None = None
    online_link: Link | None = None
    assignment_letter: LetterNumber | None = None
    repository_link: Link | None = None
