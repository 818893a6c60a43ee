"""What crosses the wire about an event with its declarations and circulars."""

from datetime import date, datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.circulars.rules.circulars import CircularState
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.texts import Text
from app.declarations.rules.kinds import Group, Status
from app.rakor.rules.attendance import MOST_INVITED, Presence
from app.rakor.rules.events import Stage

_ID: Final = "01932b5e-7c00-7000-8000-000000000002"
_EXPLAINED: JsonDict = {"circular_id": _ID}
_ENROLMENT: JsonDict = {"declaration_id": _ID, "groups": []}


class JoinedDeclarationOut(BaseModel):
    """A declaration made at the event, and how far it was signed."""

    id: UUID
    title: str = Field(examples=["Ikrar Netralitas Kabupaten Sijunjung"])
    status: Status
    held_on: date
    targets: int = Field(description="Who should sign.", examples=[71])
    signed: int = Field(description="Of those, as of the last checkpoint.", examples=[70])
    invited: int = Field(description="Invitations whose holders are on its roster.", examples=[71])


class JoinedCircularOut(BaseModel):
    """A circular explained at the event, and how far it has come."""

    id: UUID
    number: str = Field(examples=["800/903/BKPSDM/2024"])
    dated_on: date
    subject: str = Field(examples=["Netralitas ASN"])
    state: CircularState
    addressed: int = Field(examples=[24])
    acknowledged: int = Field(examples=[23])
    overdue: int = Field(description="Offices that owe something since its day.", examples=[1])


class GatheringOut(BaseModel):
    """An event with what is signed and what is explained there."""

    event_id: UUID
    title: str = Field(examples=["Sosialisasi dan Deklarasi Netralitas"])
    stage: Stage
    starts_on: date
    ends_on: date
    invited: int = Field(examples=[71])
    presence: dict[Presence, int]
    declarations: list[JoinedDeclarationOut]
    circulars: list[JoinedCircularOut]


class ExplainedIn(Form):
    """A circular that is explained at the event, beside the one that its plan names."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXPLAINED]})

    circular_id: UUID


class ExplainedOut(BaseModel):
    event_id: UUID
    circular_id: UUID
    joined_at: datetime


class NamedGroup(Form):
    """As whom the holder of one invitation signs."""

    invitation_id: UUID
    group: Group


class EnrolmentIn(Form):
    """Whose roster the invited are put on; `groups` tells it of who was invited by name, and goes
    before what follows from a category."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ENROLMENT]})

    declaration_id: UUID
    groups: Annotated[list[NamedGroup], Field(max_length=MOST_INVITED)] = Field([])

    @model_validator(mode="after")
    def names_each_once(self) -> Self:
        if len({each.invitation_id for each in self.groups}) < len(self.groups):
            raise RuleBroken(
                "named-twice",
                Text("Satu undangan disebut sekali saja.", "Name each invitation once, not twice."),
            )
        return self


class EnrolmentOut(BaseModel):
    """Who of the invited is on the roster now."""

    event_id: UUID
    declaration_id: UUID
    on_roster: int = Field(description="Invitations with a target now.", examples=[71])
    added: int = Field(description="Targets that were not on the roster before.", examples=[71])
    removed: int = Field(
        description="Targets of withdrawn invitations that nobody had signed.", examples=[0]
    )
    without_group: list[UUID] = Field(
        description="Invitations of which nothing says as whom they sign: name them in `groups`."
    )
    outside: list[UUID] = Field(description="Invitations of offices outside of its area.")
