"""What the officers' desk asks and reads."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.complaints.rules.desk import Sort
from app.complaints.rules.legacy import LONGEST_NUMBER
from app.complaints.rules.procedure import Channel, Kind, Status
from app.core.errors import RuleBroken
from app.core.forms import Day, Form, Line, Prose
from app.core.paging import Slice
from app.core.personal import names_somebody
from app.core.places import REGION_CODE
from app.core.texts import Text
from app.elections.rules import ELECTION_CODE


class DeskFilter(BaseModel):
    """Which complaints of the list, and in which order; nothing of any person."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    kind: Kind | None = None
    channel: Channel | None = None
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    office_id: UUID | None = Field(None, description="The office that handles them.")
    election_code: str | None = Field(None, pattern=ELECTION_CODE, max_length=40)
    since: Day | None = Field(None, description="Submitted on this day (WIB) or later.")
    until: Day | None = Field(None, description="Submitted on this day (WIB) or earlier.")
    filed_late: bool | None = None
    legacy_number: Annotated[Line, Field(max_length=LONGEST_NUMBER)] | None = Field(
        None, description="Of an imported case, however it is written."
    )
    unread: bool | None = Field(None, description="With messages of the reporter not read yet.")
    withdrawn: bool | None = None
    due_before: Day | None = Field(None, description="With a next due day before this one.")
    due_within: int | None = Field(
        None, ge=0, le=365, description="Due in so many days from today (WIB), or overdue."
    )
    sort: Sort = Field(Sort.NEWEST, description="`due` puts what has no due day last.")


class ComplaintFilter(Slice, DeskFilter):
    pass


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
    entered_by: UUID | None = Field(description="The officer who entered it.")
    received_at: datetime | None = Field(description="When the office received what was entered.")
    summary: str | None = Field(
        description="In the officer's words, without any person.",
        examples=["Ajakan memilih dalam apel pagi di kantor kecamatan."],
    )
    version: int = Field(description="The ETag is this number.")
    unread_messages: int = Field(description="Of the reporter, not read by the desk yet.")
    withdrawn_at: datetime | None = Field(description="Taken back; the status stays as it is.")


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


class FinderOut(BaseModel):
    """The supervisor who saw what is now a finding."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(examples=["Pengawas Rekaan"])
    position: str | None = Field(examples=["Panwaslu Kelurahan/Desa"])


class ComplaintOut(ComplaintRow):
    """A complaint as the desk reads it; the reporter's identity stays closed."""

    what: str = Field(examples=["Mengajak pegawai memilih dalam apel pagi"])
    place: str = Field(examples=["Halaman kantor kecamatan"])
    account: str = Field(examples=["Contoh rekaan: pada apel pagi, pejabat itu mengajak memilih."])
    reported_persons: list[PersonOut]
    witnesses: list[PersonOut]
    evidence_notes: list[str] = Field(examples=[["Rekaman suara di ponsel pelapor"]])
    reporter: str | None = Field(description="A pseudonym.", examples=["REP-0A1B2C3D"])
    finder: FinderOut | None = Field(description="Of a finding.", examples=[None])
    letter_number: str | None = Field(examples=["045/SM/XI/2024"])
    legacy_number: str | None = Field(
        description="Of a case that was imported: its number there, as printed.",
        examples=["002/LP/PB/Kab/27.09/XI/2020"],
    )
    final_status: str | None = Field(description="Of a case that was imported: how it ended.")
    supplements: int = Field(description="How many the reporter sent after filing.")
    withdrawal_reason: str | None = Field(
        description="If it was withdrawn, and the reporter said why.",
        examples=["Contoh rekaan: sudah diselesaikan."],
    )
    notice_undeliverable: bool = Field(
        description="The reporter could not be told by e-mail that there is news."
    )


class SummaryPatch(Form):
    """A JSON merge patch (RFC 7396): what is absent stays, null takes the summary away."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"summary": "Ajakan memilih dalam apel pagi di kantor kecamatan."}]
        }
    )

    summary: Annotated[Prose, Field(max_length=2_000)] | None = Field(
        None, description="What happened, without naming anybody: it is searched in the open."
    )

    @field_validator("summary")
    @classmethod
    def names_nobody(cls, summary: str | None) -> str | None:
        if summary is not None and names_somebody(summary):
            raise RuleBroken(
                "names-somebody",
                Text(
                    "Ringkasan tidak boleh memuat NIK, NIP, nomor telepon, atau surel.",
                    "A summary may not hold a NIK, a NIP, a telephone number or an e-mail address.",
                ),
            )
        return summary


class HistoryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str = Field(examples=["complaint.filed"])
    actor_kind: str = Field(examples=["public"])
    actor_id: UUID | None
    office_id: UUID | None
