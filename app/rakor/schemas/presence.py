"""What crosses the wire about presence: who was there, and whether they are enough."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.forms import Form
from app.posts.rules.categories import PostCategory
from app.rakor.rules import quorum
from app.rakor.rules.attendance import Answer, AttendanceProof, Presence
from app.rakor.rules.events import ParticipantRole
from app.rakor.rules.quorum import QuorumUnit

_RULE: JsonDict = {"category": "subdistrict_head", "at_least": 50, "unit": "percent"}


class AttendanceFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    session_id: UUID | None = Field(None, description="Leave it out for the event as a whole.")


class PresenceOut(BaseModel):
    invitation_id: UUID
    office_id: UUID | None
    office_name: str = Field(examples=["Kantor Wali Nagari Rekaan"])
    region_code: str = Field(examples=["13.03.03"])
    post: str = Field(examples=["Wali Nagari"])
    role: ParticipantRole
    category: PostCategory | None
    answer: Answer | None
    presence: Presence
    first_at: datetime | None = Field(description="The first check-in, by the device's clock.")
    signed_by: AttendanceProof | None = Field(
        description="How this line was signed; null where nobody came."
    )
    left_at: datetime | None = Field(description="Where the last thing seen of them was leaving.")
    left_early: bool = Field(description="They left before it was over, and did not come back.")
    duplicates: int = Field(
        description="How often another device let in who was inside already: a copied ticket?"
    )


class WalkInOut(BaseModel):
    office_name: str = Field(examples=["Redaksi Koran Rekaan"])
    post: str = Field(examples=["Wartawan"])
    people: int = Field(
        description="At least so many came: without a name nobody is told apart.", examples=[1]
    )
    first_at: datetime
    signed_by: AttendanceProof | None


class AttendanceOut(BaseModel):
    """Who was there for which office, as far as the devices have told."""

    event_id: UUID
    session_id: UUID | None
    invited: int
    totals: dict[Presence, int]
    items: list[PresenceOut]
    walk_ins: list[WalkInOut]


class QuorumRuleIn(Form):
    """How many of a category it takes."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RULE]})

    category: PostCategory
    at_least: Annotated[int, Field(ge=1, le=5_000)]
    unit: QuorumUnit


class QuorumIn(Form):
    """All rules of an event; they take the place of those before, and none is none."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rules": [_RULE]}]})

    rules: list[QuorumRuleIn] = Field(max_length=len(PostCategory))

    @model_validator(mode="after")
    def has_one_rule_for_each(self) -> Self:
        quorum.check_rules([(each.category, each.at_least, each.unit) for each in self.rules])
        return self


class QuorumStandingOut(BaseModel):
    category: PostCategory
    at_least: int = Field(examples=[50])
    unit: QuorumUnit
    invited: int = Field(examples=[4])
    came: int = Field(description="Present or represented.", examples=[2])
    needed: int = Field(examples=[2])
    is_reached: bool


class QuorumOut(BaseModel):
    """Whether enough came, by what the devices have told so far."""

    event_id: UUID
    session_id: UUID | None
    is_reached: bool = Field(description="Every rule is; without rules nothing is to be reached.")
    items: list[QuorumStandingOut]
