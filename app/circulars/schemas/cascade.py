"""What crosses the wire about the way down: who is addressed, and how far each one is."""

from datetime import date, datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.circulars.rules.cascade import AddresseeState
from app.circulars.schemas.parts import LINE, Lines, RegionCode
from app.core.actors import ActorKind
from app.core.errors import RuleBroken
from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.texts import Text
from app.posts.rules.categories import PostCategory

CODE: Final = "AZK" * 16
_NODE: Final[JsonDict] = {
    "id": "01932b5e-7c00-7000-8000-000000000004",
    "circular_id": "01932b5e-7c00-7000-8000-000000000002",
    "number": "800/903/BKPSDM/2024",
    "subject": "Netralitas ASN pada Pemilihan Serentak Tahun 2024",
    "parent_id": None,
    "depth": 1,
    "category": "subdistrict_head",
    "region_code": "73.04.01",
    "office_id": None,
    "office_name": "Kecamatan Rekaan",
    "post": "Camat",
    "addressed_at": "2024-09-17T03:00:00Z",
    "acknowledged_at": "2024-09-18T01:00:00Z",
    "forwarded": 4,
    "owed": 1,
    "done": 0,
    "next_due_on": "2024-10-15",
    "state": "acknowledged",
    "is_overdue": False,
}
REPORT: Final[JsonDict] = {
    "obligation_id": "01932b5e-7c00-7000-8000-000000000003",
    "done_on": "2024-09-20",
    "note": "Edaran dibacakan dalam apel pagi.",
    "letter_number": "800/12/REKAAN/2024",
}


_REPORTED: Final[JsonDict] = REPORT | {
    "id": "01932b5e-7c00-7000-8000-000000000005",
    "what": "Menyampaikan edaran ini kepada seluruh pegawai.",
    "sha256": None,
    "evidence_ids": [],
    "reported_at": "2024-09-20T05:00:00Z",
    "reported_by": "public",
}


class AddresseeOut(BaseModel):
    """One addressed office: an office and a post, never a person."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NODE]})

    id: UUID
    circular_id: UUID
    number: str
    subject: str
    parent_id: UUID | None = Field(description="Who forwarded it; null: addressed by the issuer.")
    depth: int = Field(description="1 was addressed by the issuer, 2 by one of those, and so on.")
    category: PostCategory
    region_code: str
    office_id: UUID | None
    office_name: str
    post: str
    addressed_at: datetime
    acknowledged_at: datetime | None
    forwarded: int = Field(description="Offices to which this one forwarded it.")
    owed: int = Field(description="Obligations.")
    done: int = Field(description="Obligations that were reported done.")
    next_due_on: date | None = Field(description="By when it owes its next step.")
    state: AddresseeState
    is_overdue: bool


class AddresseeFilter(Slice):
    parent: UUID | None = Field(None, description="Those to whom this one forwarded it.")
    depth: int | None = Field(None, ge=1, le=100)
    category: PostCategory | None = None
    region: RegionCode | None = Field(None, description="In this region and below.")
    state: AddresseeState | None = None
    overdue: bool | None = None


class AddressedFilter(Slice):
    own: bool = Field(False, description="Addressed to your own office, not merely to your area.")
    state: AddresseeState | None = None
    overdue: bool | None = None
    due_by: Day | None = Field(None, description="Owing something by this day.")


class AddresseeCodeOut(BaseModel):
    """The code of one addressed office without an account; it is kept nowhere."""

    addressee_id: UUID
    category: PostCategory
    region_code: str = Field(examples=["73.04.01"])
    office_name: str = Field(examples=["Kecamatan Rekaan"])
    post: str = Field(examples=["Camat"])
    acknowledged_at: datetime | None
    code: str = Field(examples=[CODE])
    link: str = Field(examples=[f"https://netra.example/circular-answers#{CODE}"])


class CodeFilter(Slice):
    parent: UUID | None = Field(
        None, description="Those to whom this one forwarded it; without it those of the issuer."
    )


class CircularForwardingIn(Form):
    """To whom an addressed office forwards: anybody within its own region."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"addressees": [LINE]}]})

    addressees: Lines


class CircularForwardedOut(BaseModel):
    """How many were reached now, and how many had been addressed before."""

    addressed: int = Field(examples=[4])
    known: int = Field(examples=[0], description="Addressed before; they stay as they were.")
    addressee: AddresseeOut


def check_proof(*proofs: object) -> None:
    if not any(proofs):
        raise RuleBroken(
            "proof-missing",
            Text(
                "Sertakan bukti: nomor surat laporan, hash dokumen, atau berkas.",
                "Give a proof: the number of the reporting letter, a hash, or files.",
            ),
        )


class Reported(Form):
    """What was done, in the words of the office."""

    obligation_id: UUID
    done_on: Day
    note: Annotated[Prose, Field(max_length=4_000, description="What was done; kept sealed.")]
    letter_number: Annotated[Line, Field(max_length=120)] | None = Field(
        None, description="Of the letter that reports it."
    )
    sha256: str | None = Field(
        None, pattern="^[0-9a-f]{64}$", description="Of a document that the office keeps as proof."
    )


class ObligationReportIn(Reported):
    """An obligation that was done, with its proof: a letter, a hash, or files."""

    model_config = ConfigDict(json_schema_extra={"examples": [REPORT]})

    evidence_ids: list[UUID] = Field(
        [],
        max_length=20,
        description="Files that were uploaded to the addressed office (`circular_addressee_id`).",
    )

    @model_validator(mode="after")
    def has_proof(self) -> Self:
        check_proof(self.letter_number, self.sha256, self.evidence_ids)
        return self


class ObligationReportOut(BaseModel):
    """What an office reported; its words are for those who issued the circular."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REPORTED]})

    id: UUID
    obligation_id: UUID
    what: str
    done_on: date
    note: str
    letter_number: str | None
    sha256: str | None
    evidence_ids: list[UUID]
    reported_at: datetime
    reported_by: ActorKind = Field(description="`public`: by the code of its link.")


class AddresseeDetailOut(AddresseeOut):
    model_config = ConfigDict(json_schema_extra={"examples": [_NODE | {"reports": [_REPORTED]}]})

    reports: list[ObligationReportOut]


class ReachFiguresOut(BaseModel):
    """How many offices, and how many of them; rates are shares from 0 to 1, null of nothing."""

    addressed: int = Field(examples=[40])
    acknowledged: int = Field(examples=[36])
    acknowledged_rate: float | None = Field(examples=[0.9])
    forwarded: int = Field(examples=[12], description="Offices that forwarded it further.")
    forwarded_rate: float | None = Field(examples=[0.3])
    obligations: int = Field(examples=[80], description="Of all these offices together.")
    done: int = Field(examples=[60])
    done_rate: float | None = Field(examples=[0.75])
    overdue: int = Field(examples=[2], description="Offices that owe something after its day.")
    overdue_rate: float | None = Field(examples=[0.05])


class ReachCategoryOut(ReachFiguresOut):
    category: PostCategory


class ReachLevelOut(ReachFiguresOut):
    depth: int = Field(examples=[1])
    categories: list[ReachCategoryOut]


class ReachOut(BaseModel):
    """How far a circular has come, level by level of its cascade."""

    circular_id: UUID
    as_of: datetime
    today: date = Field(description="The day by which overdue was judged.")
    total: ReachFiguresOut
    levels: list[ReachLevelOut]


class ReachFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: RegionCode | None = Field(None, description="Only offices in this region and below.")
    parent: UUID | None = Field(
        None, description="Only what this one forwarded, and whatever came of that."
    )
