"""What crosses the wire about who should sign."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from app.core.errors import RuleBroken
from app.core.forms import Form, Line, Prose
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.core.reports import RowFaultOut
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.rules.roster_rows import REPRESENTS
from app.declarations.rules.rosters import ImportState
from app.declarations.schemas.signatures import EmployeeNumber, SignerOut

_TARGET: JsonDict = {
    "name": "Contoh Rekaan",
    "position": "Camat",
    "office": "Kecamatan Rekaan",
    "group": "asn_pns",
    "role": "signatory",
    "region_code": "13.03",
}


class TargetIn(Form):
    """A person or post that should sign."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TARGET]})

    name: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="Absent: whoever holds the post."
    )
    position: Annotated[Line, Field(max_length=200)]
    office: Annotated[Line, Field(max_length=200)]
    employee_number: EmployeeNumber | None = None
    group: Group
    role: SignatoryRole = SignatoryRole.SIGNATORY
    represents: Annotated[Line, Field(max_length=300)] | None = Field(
        None, description="For whom a representative signs; only for that role."
    )
    region_code: str = Field(pattern=REGION_CODE, description="Of the office.")

    @model_validator(mode="after")
    def represents_somebody(self) -> Self:
        if (self.role is SignatoryRole.REPRESENTATIVE) is not (self.represents is not None):
            raise RuleBroken(REPRESENTS.code, REPRESENTS.text)
        return self


class TargetOut(BaseModel):
    """Who should sign; a person is named to officers only, a post without a name has none."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    declaration_id: UUID
    region_code: str = Field(examples=["13.03"])
    office: str = Field(examples=["Kecamatan Rekaan"])
    group: Group
    role: SignatoryRole
    has_signed: bool = Field(description="As of the last checkpoint, like the coverage.")
    person: SignerOut | None


class TargetFilter(Slice):
    # It names an office, up to 200 letters of any script.
    cursor: str | None = Field(
        None, max_length=2_000, description="`next_cursor` of the last page."
    )
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    office: Annotated[Line, Field(max_length=200)] | None = None
    group: Group | None = None
    has_signed: bool | None = None


class RosterImportOut(BaseModel):
    """How far an import has come, and what is wrong with its rows."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    declaration_id: UUID
    state: ImportState
    media_type: str = Field(examples=["text/csv"])
    size: int = Field(description="In bytes.", examples=[18_432])
    is_dry_run: bool
    sent_at: datetime
    finished_at: datetime | None
    progress: int = Field(description="Rows read or written so far.", examples=[120])
    rows: int = Field(description="Rows of the file, the header left out.", examples=[120])
    good_rows: int = Field(examples=[118])
    bad_rows: int = Field(description="A single one keeps all out.", examples=[2])
    faults: list[RowFaultOut] = Field(description="In the order of the file.", examples=[[]])
    faults_left_out: int = Field(description="More than are listed.", examples=[0])


class ErasureIn(Form):
    """Why a person is erased (UU 27/2022, article 43)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Permintaan tertulis subjek data."}]}
    )

    reason: Annotated[Prose, Field(max_length=1_000)]


class ErasureOut(BaseModel):
    person_id: UUID = Field(description="Of the target, of the signature, or of both.")
    erased_ids: list[UUID] = Field(
        description="All targets and signatures of the declaration by which the person was known."
    )
    erased_at: datetime
