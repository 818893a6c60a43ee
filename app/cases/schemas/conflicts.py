"""What crosses the wire about conflicts of interest, and about lifting their walls."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.conflicts import LONGEST_LIFT, ConflictOrigin, GlassState
from app.cases.schemas.letters import Reason
from app.core.forms import Form, TextOut


class ConflictIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Pihak terlapor adalah kerabat."}]}
    )

    officer_id: UUID | None = Field(
        None, description="Who is too near to the case; without it, whoever sends this."
    )
    reason: Reason | None = None


class ConflictEndIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Yang dimaksud adalah orang lain."}]}
    )

    reason: Reason


class ConflictOut(BaseModel):
    """Before whom a wall stands, and why."""

    id: UUID
    case_id: UUID
    origin: ConflictOrigin
    officer_id: UUID | None
    office_id: UUID | None = Field(
        description="Everybody of this office, where it is not one officer."
    )
    declared_at: datetime
    declared_by: UUID | None
    reason: str | None = Field(examples=["Pihak terlapor adalah kerabat."])
    ending_asked_by: UUID | None = Field(description="The member who wants the wall to come down.")
    ending_asked_at: datetime | None
    ending_reason: str | None = Field(examples=[None])
    ended_at: datetime | None
    ended_by: UUID | None = Field(description="The other member, who agreed.")


class ConflictDeclaredOut(ConflictOut):
    """What was declared, and who is left to handle the case."""

    officers_left: int = Field(
        examples=[2], description="Officers of the holding office who can still act on the case."
    )
    warning: TextOut | None = Field(description="Where nobody is left; it is not refused.")


class BreakGlassIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "officer_id": "01932b5e-7c00-7000-8000-0000000000b1",
                    "hours": 24,
                    "reason": "Hanya petugas ini mengenal berkas perkaranya.",
                }
            ]
        }
    )

    officer_id: UUID = Field(description="For whom the wall is to be lifted.")
    hours: int = Field(
        strict=True, ge=1, le=LONGEST_LIFT, description="How long, from the agreement."
    )
    reason: Reason


class BreakGlassOut(BaseModel):
    """A request to lift a wall, and what became of it."""

    id: UUID
    case_id: UUID
    officer_id: UUID
    hours: int = Field(examples=[24])
    reason: str = Field(examples=["Hanya petugas ini mengenal berkas perkaranya."])
    state: GlassState
    asked_by: UUID
    asked_at: datetime
    agreed_by: UUID | None
    agreed_at: datetime | None
    until: datetime | None
