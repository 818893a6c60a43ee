"""What officers and custodians say and read about the identity of a reporter."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.complaints.rules import identity as rules
from app.complaints.rules.identity import RequestState
from app.complaints.rules.procedure import Capacity
from app.core.forms import Form, Prose
from app.core.paging import Slice

Reason = Annotated[
    Prose,
    Field(max_length=2_000, description="In plain words; it need not and should not name anybody."),
]


class IdentityRequestIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"reason": "Pelapor perlu diundang untuk klarifikasi pada hari kedua penanganan."}
            ]
        }
    )

    reason: Reason


class GrantIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"hours": 24, "reason": "Cukup untuk menyusun dan mengirim undangan."}]
        }
    )

    hours: int = Field(
        strict=True,
        ge=rules.SHORTEST_GRANT,
        le=rules.LONGEST_GRANT,
        description="How long it may be opened, from now.",
    )
    reason: Reason


class DenialIn(Form):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reason": "Undangan dapat disampaikan lewat pesan tanda terima."}]
        }
    )

    reason: Reason


class IdentityRequestFilter(Slice):
    state: RequestState | None = None


class IdentityRequestOut(BaseModel):
    """A request and what became of it; of the report it says nothing but its id and place."""

    id: UUID
    complaint_id: UUID
    region_code: str = Field(examples=["73.04"])
    requested_by: UUID
    office_id: UUID
    requested_at: datetime
    reason: str = Field(examples=["Pelapor perlu diundang untuk klarifikasi."])
    state: RequestState
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None = Field(examples=["Cukup untuk menyusun undangan."])
    until: datetime | None = Field(description="Of a grant, also of one that was revoked.")
    revoked_at: datetime | None


class ReporterOut(BaseModel):
    """Who reported; what was not said is null."""

    name: str = Field(examples=["Pelapor Rekaan"])
    capacity: Capacity | None = None
    birth_place: str | None = None
    born_on: date | None = None
    sex: Literal["female", "male"] | None = None
    occupation: str | None = None
    nationality: str | None = None
    address: str | None = Field(None, examples=["Jalan Contoh 1"])
    phone: str | None = Field(None, examples=["+62 800 0000 0000"])
    email: str | None = None
    population_number: str | None = None


class IdentityOpeningsOut(BaseModel):
    """How often officers opened the reporter's identity, and when."""

    count: int = Field(examples=[1])
    latest: list[datetime] = Field(description="The latest twenty, newest first.")
