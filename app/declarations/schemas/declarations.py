"""What crosses the wire about declarations."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.config import JsonDict

from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.declarations.rules.kinds import Kind, Status
from app.elections.rules import ELECTION_CODE

Title = Annotated[Line, Field(max_length=200)]
Place = Annotated[Line, Field(max_length=200, description="Building and town, in words.")]
Post = Annotated[Line, Field(max_length=200, description="The post of who leads; never a name.")]
Article = Annotated[Line, Field(max_length=300)]

_POINT: JsonDict = {"id": "Menjaga netralitas di setiap nagari.", "en": None}
_SIJUNJUNG: JsonDict = {
    "kind": "pledge",
    "title": "Ikrar Netralitas ASN, TNI, Polri, dan Wali Nagari Kabupaten Sijunjung",
    "region_code": "13.03",
    "place": "Hotel Bukik Gadang, Sijunjung",
    "held_on": "2024-09-30",
    "election_code": "pilkada-2024",
    "pledge_text_id": "01921731-a400-7c5e-8d21-5f0b6a3e9c10",
    "local_points": [_POINT],
    "led_by": "Sekretaris Daerah Kabupaten Sijunjung",
    "organiser": "BKPSDM Kabupaten Sijunjung",
    "witnesses": ["Ketua Bawaslu Kabupaten Sijunjung", "Ketua KPU Kabupaten Sijunjung"],
    "legal_basis": ["UU 20/2023 tentang Aparatur Sipil Negara"],
}


class PointIn(Form):
    """A point that an office adds for its own region."""

    model_config = ConfigDict(json_schema_extra={"examples": [_POINT]})

    id: Annotated[Prose, Field(max_length=1_000)]
    en: Annotated[Prose, Field(max_length=1_000)] | None = None


LocalPoints = Annotated[list[PointIn], Field(max_length=10)]
Witnesses = Annotated[list[Post], Field(max_length=20, description="Their posts; never names.")]
LegalBasis = Annotated[list[Article], Field(max_length=20)]


class DeclarationIn(Form):
    """What an office plans to have signed, where, when, and by which text."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SIJUNJUNG]})

    kind: Kind
    title: Title
    region_code: str = Field(pattern=REGION_CODE, description="The area it is meant for.")
    place: Place
    held_on: Day = Field(description="The day, local time.")
    election_code: str | None = Field(None, pattern=ELECTION_CODE, max_length=40)
    event_id: UUID | None = Field(None, description="The meeting at which it is made.")
    pledge_text_id: UUID
    local_points: LocalPoints = Field([])
    led_by: Post
    organiser: Post | None = Field(None, description="Who prepares it, beside the office.")
    witnesses: Witnesses = Field([])
    legal_basis: LegalBasis = Field([])
    open_link: StrictBool = Field(
        True, description="Whether others than those on the roster can sign, to be checked."
    )


class DeclarationPatch(Form):
    """What may change before a declaration opens: absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"place": "Kantor Bupati"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    title: Title = Field(default_factory=str)
    place: Place = Field(default_factory=str)
    held_on: Day = Field(default_factory=lambda: date.min)
    local_points: LocalPoints = Field(default_factory=list)
    led_by: Post = Field(default_factory=str)
    organiser: Post | None = Field(None, description="Null: the office alone.")
    witnesses: Witnesses = Field(default_factory=list)
    legal_basis: LegalBasis = Field(default_factory=list)
    open_link: StrictBool = Field(default_factory=lambda: True)
    event_id: UUID | None = Field(None, description="Null takes it off the meeting.")


class HoldingIn(Form):
    """When and where the ceremony took place."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"held_on": "2024-09-30"}]})

    held_on: Day = Field(description="The day, local time; not one to come.")
    place: Place | None = Field(None, description="Absent: where it was planned.")


class CallingOffIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Naskah keliru; akan diulang."}]}
    )

    reason: Annotated[Prose, Field(max_length=1_000)] | None = Field(
        None, description="Demanded where somebody has signed; never a name."
    )


class DeclarationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    office_id: UUID
    office_name: str = Field(examples=["Bawaslu Kabupaten Sijunjung"])
    kind: Kind
    title: str = Field(examples=["Ikrar Netralitas Kabupaten Sijunjung"])
    region_code: str = Field(examples=["13.03"])
    place: str = Field(examples=["Hotel Bukik Gadang, Sijunjung"])
    held_on: date
    election_code: str | None = Field(examples=["pilkada-2024"])
    event_id: UUID | None
    pledge_text_id: UUID
    local_points: list[PointIn]
    led_by: str = Field(examples=["Sekretaris Daerah Kabupaten Sijunjung"])
    organiser: str | None = Field(examples=["BKPSDM Kabupaten Sijunjung"])
    witnesses: list[str] = Field(examples=[["Ketua KPU Kabupaten Sijunjung"]])
    legal_basis: list[str] = Field(examples=[["UU 20/2023"]])
    open_link: bool
    status: Status
    cancellation_reason: str | None = Field(examples=[None])
    created_at: datetime


class DeclarationFilter(Slice):
    region: str | None = Field(
        None, pattern=REGION_CODE, description="It and all within it.", examples=["13"]
    )
    status: Status | None = None
    kind: Kind | None = None
    election: str | None = Field(None, pattern=ELECTION_CODE, max_length=40)
