"""What crosses the wire about the reported persons of a case; reading them is recorded."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.cases.rules.decisions import PositionGroup, SubjectGroup
from app.complaints.schemas.filing import EmployeeNumber, Name
from app.core.forms import Form, Line, Prose, TextOut

_NAMED: JsonDict = {"name": "Contoh Rekaan", "position": "Lurah", "office": "Kelurahan X"}
_GROUPED: JsonDict = {"subject_group": "pns", "position_group": "urban_village_head"}
_NARROWER = "Of two that fit the narrower: a camat is no administrator, a teacher not functional."

Words = Annotated[Line, Field(max_length=200)]


class PersonFacts(BaseModel):
    """What is written of a person; sealed wherever it lies."""

    name: str
    position: str | None = None
    office: str | None = None
    employee_number: str | None = None


class CasePersonIn(Form):
    """A reported person whom no report names."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NAMED | _GROUPED]})

    name: Name
    position: Words | None = None
    office: Words | None = Field(None, description="In words, where the directory has none.")
    employee_number: EmployeeNumber | None = None
    subject_group: SubjectGroup | None = None
    position_group: PositionGroup | None = Field(None, description=_NARROWER)
    office_id: UUID | None = Field(
        None, description="The office of the directory that the person works for."
    )


class CasePersonPatch(Form):
    """What an officer corrects of a reported person: absent means unchanged, null takes it off."""

    model_config = ConfigDict(json_schema_extra={"examples": [_GROUPED | {"position": "Lurah"}]})

    # Factories, so that the contract shows no default: it is never read.
    name: Name = Field(default_factory=str)
    position: Words | None = Field(default_factory=lambda: None)
    office: Words | None = Field(default_factory=lambda: None)
    employee_number: EmployeeNumber | None = Field(default_factory=lambda: None)
    subject_group: SubjectGroup | None = Field(default_factory=lambda: None)
    position_group: PositionGroup | None = Field(
        default_factory=lambda: None, description=_NARROWER
    )
    office_id: UUID | None = Field(default_factory=lambda: None)


class SameAsIn(Form):
    """The other row that names the same person."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"same_as_id": "01932b5e-7c00-7000-8000-000000000001"}]}
    )

    same_as_id: UUID


class PersonRemovalIn(Form):
    """Why a person is no reported person of the case."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Contoh: salah orang, namanya sama."}]}
    )

    reason: Annotated[Prose, Field(max_length=2_000)]


class CasePersonOut(BaseModel):
    """A reported person of a case, by name."""

    id: UUID
    complaint_id: UUID | None = Field(description="The report that names the person.")
    name: str = Field(examples=["Contoh Rekaan"])
    position: str | None = Field(examples=["Lurah"])
    office: str | None = Field(examples=["Kelurahan X"])
    employee_number: str | None = Field(examples=[None])
    is_corrected: bool = Field(description="An officer wrote it; else the report's own words.")
    subject_group: SubjectGroup | None
    position_group: PositionGroup | None
    office_id: UUID | None
    same_as_id: UUID | None = Field(description="The row that stands for the same person.")
    named_at: datetime
    removed_at: datetime | None
    version: int = Field(description="The ETag is this number.")


class CasePersonSaidOut(CasePersonOut):
    """What was written of a person, and who is left to handle the case: an office for which a
    reported person works is walled off from it."""

    officers_left: int = Field(
        examples=[2], description="Officers of the holding office who can still act on the case."
    )
    warning: TextOut | None = Field(description="Where nobody is left; it is not refused.")
