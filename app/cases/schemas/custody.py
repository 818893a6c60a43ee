"""What crosses the wire when a case changes hands."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.transfers import CustodyReason, OfferState
from app.cases.schemas.letters import LETTER, LetterNumber, Reason
from app.complaints.schemas.filing import OfficeOut
from app.core.forms import Form
from app.core.paging import Slice

_REASON: Final = "Tempat kejadian berada di wilayah kantor penerima."


class TransferIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "to_office_id": "01932b5e-7c00-7000-8000-0000000000a1",
                    "letter_number": LETTER,
                    "reason": _REASON,
                }
            ]
        }
    )

    to_office_id: UUID = Field(description="An office of Bawaslu, competent by place or level.")
    letter_number: LetterNumber
    reason: Reason


class TakeOverIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "letter_number": LETTER,
                    "reason": "Kantor pemegang tidak memiliki petugas yang tersisa.",
                }
            ]
        }
    )

    letter_number: LetterNumber
    reason: Reason


class RejectionIn(Form):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Kejadian tidak berada di wilayah kantor ini."}]}
    )

    reason: Reason


class TransferFilter(Slice):
    state: OfferState | None = None
    to_office_id: UUID | None = Field(None, description="Only what was offered to this office.")


class TransferOut(BaseModel):
    """An offer and what became of it."""

    id: UUID
    case_id: UUID
    from_office: OfficeOut
    to_office: OfficeOut
    letter_number: str = Field(examples=[LETTER])
    reason: str = Field(examples=[_REASON])
    state: OfferState
    offered_at: datetime
    expires_at: datetime = Field(description="The first moment at which it is too late to answer.")
    answered_at: datetime | None
    rejection_reason: str | None = Field(examples=[None])


class CustodyOut(BaseModel):
    """Who held the case from when until when."""

    model_config = ConfigDict(from_attributes=True)

    office: OfficeOut
    reason: CustodyReason
    since: datetime
    until: datetime | None = Field(description="Empty in the last one: that office holds it now.")
    letter_number: str | None = Field(examples=[LETTER])
    transfer_id: UUID | None = Field(description="The offer that was accepted.")
    explanation: str | None = Field(
        examples=[None], description="Why it was taken over, as that office wrote it."
    )
