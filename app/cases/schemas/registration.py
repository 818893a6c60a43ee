"""What crosses the wire about numbers and what is adopted as a finding."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.cases.rules.numbers import ElectionType, NumberKind
from app.cases.schemas.letters import LetterNumber
from app.cases.schemas.plenaries import SittingIn
from app.core.forms import Form, Prose
from app.regions.rules import Level

_PLENARY: JsonDict = {
    "held_on": "2024-11-08",
    "minutes_number": "034/BA-PLENO/XI/2024",
    "members": 5,
    "present": [
        {"name": "Anggota Rekaan Satu", "vote": "agree"},
        {"name": "Anggota Rekaan Dua", "vote": "agree"},
        {"name": "Anggota Rekaan Tiga", "vote": "agree"},
    ],
    "reasoning": "Contoh rekaan: pengawas melihatnya sendiri, dan ada fotonya.",
}


class RegistrationIn(Form):
    """A finding that was entered as one names the plenary that adopted it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"election_type": "PB"}]})

    election_type: ElectionType
    plenary: SittingIn | None = None


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

    plenary: SittingIn


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
