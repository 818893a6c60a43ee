"""What crosses the wire about the Form Pencegahan: its fields one to one (domain.md, section 5)."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Day, Form
from app.core.paging import Slice
from app.rakor.rules.events import EventKind, TargetGroup
from app.rakor.rules.materials import MaterialKind
from app.rakor.rules.plans import PreventionForm
from app.rakor.rules.prevention_forms import DIVISION, FormFileFault, PreventionFormStatus
from app.rakor.schemas.plans import AREA
from app.rakor.schemas.reports import ImplementerOut

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class FormPlaceOut(BaseModel):
    code: str = Field(examples=["13.03"])
    name: str = Field(examples=["Kabupaten Sijunjung"])


class FormFileOut(BaseModel):
    """A file of the event; `fault` says why the form does not take it."""

    evidence_id: UUID
    kind: MaterialKind
    title: str = Field(examples=["Pembacaan ikrar"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(examples=[93_871])
    fault: FormFileFault | None


class PreventionPlan(BaseModel):
    """What the plan of the event says of it."""

    model_config = ConfigDict(from_attributes=True)

    title: str = Field(examples=["Rapat Koordinasi Netralitas ASN"])
    office_name: str = Field(examples=["Bawaslu Kabupaten Sijunjung"])
    assignment_letter: str | None = Field(description="Its number (SPT).")
    is_stage: bool
    other_stage: str | None
    kinds: list[EventKind]
    other_kind: str | None
    purpose: str = Field(examples=["Meneguhkan netralitas aparatur."])
    target_groups: list[TargetGroup]
    starts_on: date
    ends_on: date
    venue: str | None
    description: str | None
    repository_link: str | None
    electoral_territory: str | None


class PreventionFormFields(PreventionPlan):
    """What the form holds."""

    event_id: UUID
    implementers: list[ImplementerOut]
    form: PreventionForm | None
    province: FormPlaceOut | None
    regency: FormPlaceOut | None
    district: FormPlaceOut | None
    village: FormPlaceOut | None
    follow_ups: list[str] = Field(
        description="What is to be done, by whom and until when.",
        examples=[["Menyampaikan surat edaran (Dinas Rekaan, paling lambat 15 Oktober 2024)"]],
    )
    files: list[FormFileOut]


class FormSignatureOut(BaseModel):
    """Who submitted it: an act of an officer in the journal, with the hash of what was submitted.

    A drawn signature is not asked for.
    """

    officer_id: UUID | None
    signed_at: datetime
    sha256: str = Field(description="Of the fields as they were sealed.", examples=[_SHA256])


class PreventionFormOut(PreventionFormFields):
    """The form of an event: as it stands, or once submitted as it was."""

    status: PreventionFormStatus
    number: str | None = Field(description="From its submission on.", examples=[None])
    division: str | None = Field(examples=[None])
    office_code: str | None = Field(examples=[None])
    year: int | None = Field(examples=[None])
    signature: FormSignatureOut | None


class PreventionSubmissionIn(Form):
    """The form goes out under a number, of which the division is a part."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"division": "HP2H"}]})

    division: Annotated[str, Field(pattern=DIVISION, examples=["HP2H"])]


class PreventionFormFilter(Slice):
    region: str | None = Field(None, pattern=AREA, description="The area, and all within it.")
    since: Day | None = Field(None, description="Lasting until this day or beyond.")
    until: Day | None = Field(None, description="Starting on this day or before.")
    status: PreventionFormStatus | None = None


class PreventionSheetFilter(BaseModel):
    """The same for a sheet, which is read whole."""

    model_config = ConfigDict(extra="forbid")

    region: str | None = Field(None, pattern=AREA, description="The area, and all within it.")
    since: Day | None = Field(None, description="Lasting until this day or beyond.")
    until: Day | None = Field(None, description="Starting on this day or before.")
    status: PreventionFormStatus | None = None
