"""What crosses the wire about the initial review."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.completion import LONGEST_NOTE
from app.cases.rules.requirements import NotRegisteredReason, Proposal, Requirement
from app.cases.schemas.letters import LetterNumber
from app.core.forms import Form, Prose, TextOut

Note = Annotated[Prose, Field(max_length=LONGEST_NOTE)]


class CheckIn(Form):
    """What an officer found of one requirement."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"is_met": True, "note": "Contoh rekaan: sudah dicocokkan."}]
        }
    )

    is_met: bool = Field(strict=True)
    note: Note | None = Field(None, description="A work note; sealed.")


class RequirementOut(BaseModel):
    """One requirement, and what was found of it; the last word counts."""

    requirement: Requirement
    label: TextOut
    is_formal: bool = Field(description="Formal, or else material.")
    is_correctable: bool = Field(
        description="Whether the reporter can still meet it (Perbawaslu 9/2024)."
    )
    is_met: bool | None = Field(description="Null while nobody has checked it.")
    checked_at: datetime | None
    officer_id: UUID | None
    note: str | None = Field(examples=["Contoh rekaan: sudah dicocokkan."])


class ChecklistOut(BaseModel):
    """The formal and material requirements of a case, and what would follow."""

    items: list[RequirementOut]
    proposal: Proposal = Field(description="The next step that follows; the officer decides.")
    why: TextOut
    was_asked: bool = Field(description="Whether the reporter was asked for completion before.")
    filed_late: bool = Field(
        description="Whether a report was filed, or the finding entered, after the time that the"
        " law gives from the day on which it was known."
    )
    refusal_reasons: list[NotRegisteredReason] = Field(
        description="For which a refusal would be taken now."
    )


class CompletionRequestIn(Form):
    """The letter by which the reporter learns what is missing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "letter_number": "012/PP.00.02/K.SN-06/11/2024",
                    "note": "Contoh rekaan: foto yang disebutkan belum kami terima.",
                }
            ]
        }
    )

    letter_number: LetterNumber
    note: Note | None = Field(
        None, description="Added to the message to the reporter; name nobody in it."
    )


class RefusalIn(Form):
    """Why a case is not registered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reason": "not_election_violation",
                    "note": "Contoh rekaan: peristiwa ini tidak menyangkut pemilihan.",
                }
            ]
        }
    )

    reason: NotRegisteredReason
    note: Annotated[Prose, Field(max_length=4_000)]
