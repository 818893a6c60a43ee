"""What a reporter adds to a complaint later, and how a complaint is taken back."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.complaints.rules import contact
from app.complaints.rules import procedure as rules
from app.complaints.schemas.desk import PersonOut
from app.complaints.schemas.filing import ReportedPersonIn, WitnessIn
from app.core.forms import Form, Line, Prose


class SupplementIn(Form):
    """What was missing: any of the parts of the first form."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account": "Contoh rekaan: apel itu dimulai pukul tujuh pagi.",
                    "reported_persons": [{"name": "Terlapor Rekaan", "position": "Lurah"}],
                    "witnesses": [{"name": "Saksi Rekaan"}],
                    "evidence_notes": ["Daftar hadir apel"],
                }
            ]
        }
    )

    account: Annotated[Prose, Field(max_length=20_000)] | None = None
    reported_persons: list[ReportedPersonIn] = Field([], max_length=rules.MOST_PERSONS)
    witnesses: list[WitnessIn] = Field([], max_length=rules.MOST_WITNESSES)
    evidence_notes: list[Annotated[Line, Field(max_length=300)]] = Field(
        [], max_length=rules.MOST_NOTES
    )

    @model_validator(mode="after")
    def says_something(self) -> Self:
        parts = (self.account, self.reported_persons, self.witnesses, self.evidence_notes)
        contact.check_content(has_any=any(parts))
        return self

    def canonical(self) -> bytes:
        """The same for equal content; what a later version adds stays out until it is used."""
        return self.model_dump_json(exclude_defaults=True).encode()


class AddedOut(BaseModel):
    """A supplement as its sender sees it again: how much, and not what.

    A receipt that fell into other hands must not name witnesses.
    """

    id: UUID
    submitted_at: datetime
    has_account: bool
    reported_persons: int
    witnesses: int
    evidence_notes: int


class SupplementOut(BaseModel):
    """A supplement as the desk reads it."""

    id: UUID
    submitted_at: datetime
    account: str | None = Field(examples=["Contoh rekaan: apel itu dimulai pukul tujuh pagi."])
    reported_persons: list[PersonOut]
    witnesses: list[PersonOut]
    evidence_notes: list[str] = Field(examples=[["Daftar hadir apel"]])


class WithdrawalIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Contoh rekaan: sudah diselesaikan."}]}
    )

    reason: Annotated[Prose, Field(max_length=contact.LONGEST_REASON)] | None = None
