"""What crosses the wire about numbers and what is adopted as a finding."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.cases.rules.numbers import ElectionType, NumberKind
from app.cases.schemas.review import LetterNumber
from app.core.forms import Day, Form, Line, Prose
from app.regions.rules import Level

_MINUTES: Final = "034/BA-PLENO/XI/2024"
_PLENARY: JsonDict = {
    "held_on": "2024-11-08",
    "minutes_number": _MINUTES,
    "members": 5,
    "present": 4,
}


class AdoptingPlenaryIn(Form):
    """The sitting of the members that adopted a finding."""

    held_on: Day = Field(examples=["2024-11-08"])
    minutes_number: Annotated[Line, Field(max_length=100, examples=[_MINUTES])]
    members: int = Field(ge=1, le=9, description="How many the office has.", examples=[5])
    present: int = Field(ge=1, le=9, examples=[4])
    reasoning: Annotated[Prose, Field(max_length=10_000)] | None = Field(
        None, description="Sealed."
    )


class RegistrationIn(Form):
    """A finding that was entered as one names the plenary that adopted it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"election_type": "PB"}]})

    election_type: ElectionType
    plenary: AdoptingPlenaryIn | None = None


class RegistrationOut(BaseModel):
    """The number of a case in its parts, and as printed."""

    model_config = ConfigDict(from_attributes=True)

    printed: str = Field(examples=["001/REG/LP/PB/Kab/16.09/IX/2024"])
    kind: NumberKind
    election: ElectionType
    level: Level
    office_id: UUID = Field(description="The office that gave it; a case keeps it when handed on.")
    office_code: str = Field(description="The office's own code.", examples=["16.09"])
    month: int = Field(examples=[9])
    year: int = Field(examples=[2024])
    sequence: int = Field(examples=[1])
    registered_at: datetime
    officer_id: UUID | None


class AdoptionIn(Form):
    model_config = ConfigDict(json_schema_extra={"examples": [{"plenary": _PLENARY}]})

    plenary: AdoptingPlenaryIn


class ConversionIn(Form):
    """Why a report is gone on with as initial information."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"note": "Contoh rekaan: pelapor tidak berhak, isinya layak ditelusuri."}]
        }
    )

    note: Annotated[Prose, Field(max_length=4_000)]


class TracingReportIn(Form):
    """What the tracing found; no finding comes of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": "007/LHP/PM.01.02/11/2024",
                    "report": "Contoh rekaan: tidak ada yang melihat peristiwa itu.",
                }
            ]
        }
    )

    number: LetterNumber
    report: Annotated[Prose, Field(max_length=20_000)]
