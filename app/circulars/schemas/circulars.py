"""What crosses the wire about circulars: the letter, its addressees, and what it obliges to."""

from datetime import date
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.circulars.rules.circulars import CircularKind, CircularState, Nature
from app.circulars.schemas.parts import (
    LINE,
    OBLIGATION,
    SIGNER,
    Attachments,
    Ends,
    LetterSignerIn,
    Lines,
    Obligations,
    RegionCode,
)
from app.core.errors import RuleBroken
from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.texts import Text

Number = Annotated[
    Line, Field(max_length=120, description="As the letter has it: there is no national grammar.")
]
Issuer = Annotated[Line, Field(max_length=200)]
Subject = Annotated[Line, Field(max_length=500)]
Body = Annotated[Prose, Field(max_length=50_000, description="Blank lines part paragraphs.")]
LegalBasis = Annotated[list[Annotated[Line, Field(max_length=300)]], Field(max_length=30)]
CopiesTo = Annotated[list[Annotated[Line, Field(max_length=200)]], Field(max_length=30)]

PLACE: Final[JsonDict] = {
    "office_id": "01932b5e-7c00-7000-8000-000000000001",
    "region_code": "73.04",
}
LETTER: Final[JsonDict] = {
    "kind": "circular",
    "issuer": "Pemerintah Kabupaten Rekaan",
    "signer": SIGNER,
    "number": "800/903/BKPSDM/2024",
    "dated_on": "2024-09-17",
    "place": "Kota Rekaan",
    "nature": "important",
    "subject": "Netralitas ASN pada Pemilihan Serentak Tahun 2024",
    "body": "Setiap ASN menjaga netralitas.\n\nAtasan mengawasi pelaksanaannya.",
    "legal_basis": ["UU 20/2023 tentang Aparatur Sipil Negara, Pasal 9"],
    "addressees": [LINE],
    "obligations": [OBLIGATION],
    "ends": [],
    "copies_to": ["Bawaslu Kabupaten Rekaan"],
    "in_force_from": "2024-09-17",
    "acknowledge_by": "2024-09-24",
}


class CircularPlan(BaseModel):
    """The letter, as it can be changed until it is issued."""

    kind: CircularKind = CircularKind.CIRCULAR
    issuer: Issuer | None = Field(None, description="By default the name of the office.")
    signer: LetterSignerIn
    number: Number
    dated_on: Day
    place: Annotated[Line, Field(max_length=100)] | None = None
    nature: Nature = Nature.ORDINARY
    subject: Subject
    body: Body | None = Field(None, description="Left out where the signed letter is attached.")
    legal_basis: LegalBasis = Field([])
    addressees: Lines
    obligations: Obligations = Field([])
    ends: Ends = Field([])
    copies_to: CopiesTo = Field([])
    in_force_from: Day | None = Field(None, description="By default the date of the letter.")
    acknowledge_by: Day | None = Field(None, description="The last day to acknowledge it.")


class CircularIn(CircularPlan, Form):
    """A new circular, which begins as a draft."""

    model_config = ConfigDict(json_schema_extra={"examples": [PLACE | LETTER]})

    office_id: UUID = Field(description="The office that keeps it: your own, or of your area.")
    region_code: RegionCode | None = Field(
        None, description="The area that it is for; by default that of the office."
    )


class CircularPatch(Form):
    """What may change until it is issued: absent means unchanged."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"subject": "Netralitas ASN"}]})

    # Factories, so that the contract shows neither a default nor null: they are never read.
    kind: CircularKind = Field(default_factory=lambda: CircularKind.CIRCULAR)
    issuer: Issuer | None = None
    signer: LetterSignerIn = Field(default_factory=lambda: LetterSignerIn(post="-", name="-"))
    number: Number = Field(default_factory=str)
    dated_on: Day = Field(default_factory=lambda: date.min)
    place: Annotated[Line, Field(max_length=100)] | None = None
    nature: Nature = Field(default_factory=lambda: Nature.ORDINARY)
    subject: Subject = Field(default_factory=str)
    body: Body | None = None
    legal_basis: LegalBasis = Field(default_factory=list)
    addressees: Lines = Field(default_factory=list)
    obligations: Obligations = Field(default_factory=list)
    ends: Ends = Field(default_factory=list)
    copies_to: CopiesTo = Field(default_factory=list)
    in_force_from: Day | None = None
    acknowledge_by: Day | None = None
    attachments: Attachments = Field(default_factory=list)

    @model_validator(mode="after")
    def has_one_letter(self) -> Self:
        if sum(each.is_letter for each in self.attachments) > 1:
            raise RuleBroken(
                "one-letter",
                Text("Surat yang ditandatangani hanya satu.", "There is one signed letter only."),
            )
        return self


class CircularRevocationIn(Form):
    """Why a circular is revoked without another in its place, and from which day on."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ended_on": "2025-01-01", "reason": "Pilkada usai."}]}
    )

    ended_on: Day = Field(description="The first day on which it is in force no more.")
    reason: Annotated[Line, Field(max_length=500, description="Public; names no person.")]


class CircularFilter(Slice):
    in_force_on: Day | None = Field(None, description="Whose text was in force on this day.")
    region: RegionCode | None = Field(
        None, description="For this region: of it, of regions within it, or of those around it."
    )
    state: CircularState | None = Field(None, description="Drafts are there for officers.")
    kind: CircularKind | None = None
    office_id: UUID | None = None
    number: Number | None = None
