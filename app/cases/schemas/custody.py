"""What crosses the wire when a case changes hands."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.transfers import CustodyReason, OfferState
from app.complaints.schemas.filing import OfficeOut
from app.core.forms import Form, Line, Prose
from app.core.paging import Slice

LetterNumber = Annotated[Line, Field(max_length=100, examples=["012/PM.06.02/K.SN-05/XI/2024"])]
Reason = Annotated[
    Prose,
    Field(
        max_length=2_000,
        description="In plain words; it need not and should not name anybody.",
        examples=["Tempat kejadian berada di wilayah kantor penerima."],
    ),
]


class TransferIn(Form):
    to_office_id: UUID = Field(description="An office of Bawaslu, competent by place or level.")
    letter_number: LetterNumber
    reason: Reason


class TakeOverIn(Form):
    letter_number: LetterNumber
    reason: Reason


class RejectionIn(Form):
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
    letter_number: str = Field(examples=["012/PM.06.02/K.SN-05/XI/2024"])
    reason: str = Field(examples=["Tempat kejadian berada di wilayah kantor penerima."])
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
    letter_number: str | None = Field(examples=["012/PM.06.02/K.SN-05/XI/2024"])
    transfer_id: UUID | None = Field(description="The offer that was accepted.")
    explanation: str | None = Field(
        examples=[None], description="Why it was taken over, as that office wrote it."
    )
