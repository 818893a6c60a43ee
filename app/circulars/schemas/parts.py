"""The parts of a circular: who signs, who is addressed, what is owed, what is attached."""

from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.circulars.rules import addressees as addressing
from app.circulars.rules.circulars import Ending
from app.core.forms import Day, Form, Line
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.posts.rules.categories import PostCategory
from app.posts.rules.choices import check_choice
from app.regions.rules import Level

OfficeName = Annotated[Line, Field(max_length=200)]
RegionCode = Annotated[str, Field(pattern=REGION_CODE)]

SIGNER: Final[JsonDict] = {"post": "Sekretaris Daerah", "name": "Pejabat Rekaan"}
LINE: Final[JsonDict] = {
    "category": "subdistrict_head",
    "region_code": "73.04",
    "level": None,
    "election_code": None,
    "names": [],
    "office_ids": [],
}
OBLIGATION: Final[JsonDict] = {
    "what": "Menyampaikan edaran ini kepada seluruh pegawai.",
    "due_on": "2024-10-15",
    "report_to": "BKPSDM",
}


class LetterSignerIn(Form):
    """Who signs; signing is an official act, so both are public."""

    post: Annotated[Line, Field(max_length=200)]
    name: Annotated[Line, Field(max_length=200)]


class AddresseeLineIn(Form):
    """Every post of a category in a region, or the offices that are named or chosen there."""

    model_config = ConfigDict(json_schema_extra={"examples": [LINE]})

    category: PostCategory
    region_code: RegionCode = Field(description="It and everything within it.")
    level: Level | None = Field(
        None, description="Only regions of this level; a city counts as a regency."
    )
    election_code: str | None = Field(
        None, pattern=ELECTION_CODE, max_length=40, description="Only where it is held."
    )
    names: Annotated[list[OfficeName], Field(max_length=addressing.MOST_NAMES)] = Field(
        [],
        description="Only of categories whose offices we do not know; in the region itself, or in"
        " each region of the level given, whose name is put behind.",
    )
    office_ids: Annotated[list[UUID], Field(max_length=addressing.MOST_NAMES)] = Field(
        [],
        description="These registered offices, beside those named; of a category whose offices we"
        " know, in place of all of it.",
    )

    @model_validator(mode="after")
    def is_somebody(self) -> Self:
        is_described = bool(self.names or self.office_ids)
        check_choice(self.category, self.level, self.names, is_described=is_described)
        return self


class AddresseeLineOut(BaseModel):
    """A line of the address as the letter keeps it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [LINE | {"region_name": "Kabupaten Rekaan", "offices": []}]}
    )

    category: PostCategory
    region_code: str
    region_name: str | None = Field(None, description="How it was called.")
    level: Level | None
    election_code: str | None = None
    names: list[str]
    office_ids: list[UUID]
    offices: list[str] = Field([], description="How those chosen by id were called.")


Lines = Annotated[list[AddresseeLineIn], Field(min_length=1, max_length=addressing.MOST_LINES)]


class ObligationIn(Form):
    """What every addressed office has to do."""

    model_config = ConfigDict(json_schema_extra={"examples": [OBLIGATION]})

    what: Annotated[Line, Field(max_length=1_000)]
    due_on: Day | None = Field(None, description="The last day in time.")
    report_to: Annotated[Line, Field(max_length=200)] | None = None


Obligations = Annotated[list[ObligationIn], Field(max_length=30)]


class CircularEndingIn(Form):
    """An older circular that this one takes out of force on its own first day."""

    circular_id: UUID
    how: Ending


Ends = Annotated[list[CircularEndingIn], Field(max_length=20)]


class CircularAttachmentIn(Form):
    """A file that was uploaded to this circular (`circular_id` in the metadata of tus); the signed
    letter is a PDF."""

    evidence_id: UUID
    title: Annotated[Line, Field(max_length=200)]
    is_letter: bool = Field(False, description="Whether it is the signed letter itself.")


Attachments = Annotated[list[CircularAttachmentIn], Field(max_length=20)]


class CircularAttachmentOut(BaseModel):
    evidence_id: UUID
    title: str
    is_letter: bool
    sha256: str = Field(description="Of the file as it was uploaded; it stands in the content.")
    copy_sha256: str | None = Field(
        None,
        description="Of the clean copy, which everybody reads; in the content, once it is issued.",
    )
    media_type: str


class ObligationOut(ObligationIn):
    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [OBLIGATION | {"id": "01932b5e-7c00-7000-8000-000000000003"}]
        },
    )

    id: UUID
