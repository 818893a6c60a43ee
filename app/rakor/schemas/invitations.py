"""What crosses the wire about invitations."""

from datetime import datetime
from typing import Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.forms import Form
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.posts.rules.categories import PostCategory
from app.posts.rules.choices import check_choice
from app.rakor.rules import attendance as rules
from app.rakor.rules.attendance import Answer, InvitationSeat
from app.rakor.rules.events import ParticipantRole
from app.rakor.schemas.addresses import GROUP_EMAIL, GroupEmailIn, OfficeEmail
from app.rakor.schemas.duty_letters import DutyLetterOut
from app.rakor.schemas.events import OfficeName, Post
from app.rakor.schemas.plans import LetterNumber
from app.regions.rules import Level

CODE: Final = "Zx3kQ0m1vT7bN5yR2wL8cAp4Hd6Js9Fg1Ue0Oi2Yt5M"
INVITED: Final[JsonDict] = {
    "office_name": "Kantor Wali Nagari Rekaan",
    "region_code": "13.03.03",
    "post": "Wali Nagari",
    "role": "participant",
}
_NUMBER: Final = "005/PM.00/IX/2024"
_GROUP: Final[JsonDict] = {"category": "subdistrict_head", "region": "13.03"}
_PRESS: Final[JsonDict] = {
    "category": "press",
    "region": "13.03",
    "office_names": ["Redaksi Koran Rekaan"],
    "post": "Pemimpin Redaksi",
    "role": "media",
}
_STATE: Final[JsonDict] = {
    "id": "01932b5e-7c00-7000-8000-000000000004",
    "event_id": "01932b5e-7c00-7000-8000-000000000002",
    "office_id": None,
    "category": "village_head",
    "letter_number": _NUMBER,
    "invited_at": "2024-09-21T03:00:00Z",
    "answer": "sends_deputy",
    "joins_online": False,
    "deputy_post": "Sekretaris Nagari",
    "duty_letter_number": "094/12/2024",
    "answered_at": "2024-09-23T03:00:00Z",
    "seat": "held",
    "withdrawn_at": None,
}


class InvitedIn(Form):
    """A post in an office: a registered one by its id, any other by its name and region."""

    model_config = ConfigDict(json_schema_extra={"examples": [INVITED]})

    office_id: UUID | None = None
    office_name: OfficeName | None = None
    region_code: str | None = Field(None, pattern=REGION_CODE)
    post: Post
    role: ParticipantRole = ParticipantRole.PARTICIPANT
    category: PostCategory | None = None
    letter_number: LetterNumber | None = Field(None, description="In place of that of the letter.")
    email: OfficeEmail | None = None

    @model_validator(mode="after")
    def has_one_address(self) -> Self:
        address = (self.office_name, self.region_code)
        rules.check_invited(is_registered=self.office_id is not None, address=address)
        return self


class InvitedGroupIn(Form):
    """The post of a category in every region within one: every camat of 13.03."""

    model_config = ConfigDict(json_schema_extra={"examples": [_GROUP, _PRESS]})

    category: PostCategory
    region: str = Field(pattern=REGION_CODE, description="It and all within it; 00 is the nation.")
    level: Level | None = Field(
        None, description="Only regions of this level; a city counts as a regency."
    )
    election_code: str | None = Field(
        None, pattern=ELECTION_CODE, max_length=40, description="Only where it is held."
    )
    office_names: list[OfficeName] = Field(
        [],
        max_length=200,
        description="Only of categories whose offices we do not know; in the region itself, or in"
        " each region of the level given, whose name is put behind.",
    )
    post: Post | None = Field(None, description="In place of the usual one of the category.")
    role: ParticipantRole = ParticipantRole.PARTICIPANT
    letter_number: LetterNumber | None = Field(None, description="In place of that of the letter.")
    emails: list[GroupEmailIn] = Field(
        [], max_length=rules.MOST_INVITED, description="Of offices that the group reaches."
    )

    @model_validator(mode="after")
    def fits_its_category(self) -> Self:
        is_described = bool(self.office_names) and self.post is not None
        check_choice(self.category, self.level, self.office_names, is_described=is_described)
        return self


class InvitationsIn(Form):
    """One letter to one or many offices, named one by one or chosen by region and category."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"letter_number": _NUMBER, "invited": [INVITED]},
                {"letter_number": _NUMBER, "groups": [_GROUP | {"emails": [GROUP_EMAIL]}]},
            ]
        }
    )

    letter_number: LetterNumber | None = None
    invited: list[InvitedIn] = Field([], max_length=1_000)
    groups: list[InvitedGroupIn] = Field([], max_length=20)
    again: bool = Field(
        False,
        description="Invite those named one by one also where their post is invited already;"
        " otherwise nobody is invited twice, by whatever letter.",
    )

    @model_validator(mode="after")
    def invites_somebody(self) -> Self:
        rules.check_letter(len(self.invited) + len(self.groups))
        return self


class InvitationOut(BaseModel):
    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [INVITED | _STATE]}
    )

    id: UUID
    event_id: UUID
    office_id: UUID | None
    office_name: str
    region_code: str
    post: str
    role: ParticipantRole
    category: PostCategory | None
    letter_number: str | None
    invited_at: datetime
    answer: Answer | None
    joins_online: bool
    deputy_post: str | None
    duty_letter_number: str | None
    answered_at: datetime | None
    seat: InvitationSeat | None = Field(None, description="Of who accepted; null for all others.")
    withdrawn_at: datetime | None


class IssuedInvitationOut(InvitationOut):
    model_config = ConfigDict(json_schema_extra={"examples": [INVITED | _STATE | {"code": CODE}]})

    code: str = Field(description="Answers for this office; shown only now.")


class IssuedOut(BaseModel):
    items: list[IssuedInvitationOut]


class GroupPreviewOut(BaseModel):
    """What one group of a letter comes to."""

    category: PostCategory
    region: str = Field(examples=["13.03"])
    found: int = Field(description="Posts that it reaches.", examples=[8])
    invited_before: int = Field(description="Of them, invited already.", examples=[0])
    offices: list[str] = Field(
        description="The first few, as the letter will name them.", examples=[["Kecamatan Kupitan"]]
    )


class InvitationPreviewOut(BaseModel):
    """What a letter would do."""

    invitations: int = Field(description="How many it would make.", examples=[8])
    invited_before: int = Field(
        description="Of those named one by one, invited already.", examples=[0]
    )
    groups: list[GroupPreviewOut]


class InvitationDetailOut(InvitationOut):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                INVITED
                | _STATE
                | {"reason": None, "deputy_name": "Wakil Rekaan", "email": "nagari@contoh.example"}
                | {"duty_letters": []}
            ]
        }
    )

    reason: str | None = Field(description="Why they decline; reading it is journalled.")
    deputy_name: str | None = Field(description="Whom they send; reading it is journalled.")
    email: str | None = Field(description="Where the invitation is sent.")
    duty_letters: list[DutyLetterOut] = Field(description="Of the deputy, where handed in.")


class InvitationFilter(Slice):
    answer: Answer | None = None
    is_answered: bool | None = None
    seat: InvitationSeat | None = None
    category: PostCategory | None = None
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    is_withdrawn: bool = Field(False, description="Those withdrawn, in place of those that stand.")


class ReissueIn(Form):
    """A new code for an invitation or a follow-up, to be sent anew."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "nagari@contoh.example"}]})

    email: OfficeEmail | None = Field(None, description="Absent: the address stays as it is.")
