"""What the officers' desk asks and reads."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.complaints.rules.procedure import Channel, Kind, Status
from app.core.forms import Day
from app.core.paging import Slice
from app.core.places import REGION_CODE


class ComplaintFilter(Slice):
    status: Status | None = None
    kind: Kind | None = None
    channel: Channel | None = None
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    since: Day | None = Field(None, description="Submitted on this day (WIB) or later.")
    until: Day | None = Field(None, description="Submitted on this day (WIB) or earlier.")
    filed_late: bool | None = None


class ComplaintRow(BaseModel):
    """A complaint in a list: nothing of any person."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    region_code: str = Field(examples=["73.04"])
    kind: Kind
    channel: Channel
    status: Status
    office_id: UUID
    election_code: str | None = Field(examples=["pilkada-2024"])
    occurred_on: date
    known_on: date
    submitted_at: datetime
    officially_received_at: datetime
    next_due_on: Day | None
    filed_late: bool
    reported_count: int


class PersonOut(BaseModel):
    """A reported person or a witness; what was not said is null."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(examples=["Terlapor Rekaan"])
    position: str | None = Field(None, examples=["Camat"])
    office: str | None = None
    address: str | None = None
    phone: str | None = None
    employee_number: str | None = None
    population_number: str | None = None


class ComplaintOut(ComplaintRow):
    """A complaint as the desk reads it; the reporter's identity stays closed."""

    what: str = Field(examples=["Mengajak pegawai memilih dalam apel pagi"])
    place: str = Field(examples=["Halaman kantor kecamatan"])
    account: str = Field(examples=["Contoh rekaan: pada apel pagi, pejabat itu mengajak memilih."])
    reported_persons: list[PersonOut]
    witnesses: list[PersonOut]
    evidence_notes: list[str] = Field(examples=[["Rekaman suara di ponsel pelapor"]])
    reporter: str | None = Field(description="A pseudonym.", examples=["REP-0A1B2C3D"])


class HistoryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str = Field(examples=["complaint.filed"])
    actor_kind: str = Field(examples=["public"])
    actor_id: UUID | None
    office_id: UUID | None
