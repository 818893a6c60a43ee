"""What a reporter sends, and what the reporter is told."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Protocol, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app.complaints.rules import procedure as rules
from app.complaints.rules.procedure import Capacity, Kind, PhoneChannel, Status
from app.complaints.schemas.identity import IdentityOpeningsOut
from app.core.errors import RuleBroken
from app.core.forms import Day, Form, Line, Prose, TextOut
from app.core.places import REGION_CODE
from app.core.texts import Text


def _only_true(value: object) -> object:
    if value is not True:
        raise PydanticCustomError("literal_error", "Only true.", {"expected": "true"})
    return value


def _digits(value: object) -> object:
    return rules.digits(value) if isinstance(value, str) else value


Truth = Annotated[Literal[True], BeforeValidator(_only_true)]
"""Pydantic alone would take the number 1 for it."""

Name = Annotated[Line, Field(max_length=200, description="As written; one word is enough.")]
Address = Annotated[Line, Field(max_length=500)]
Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ().-]{4,24}$")]
Email = Annotated[str, Field(pattern=r"^[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,180}$")]
EmployeeNumber = Annotated[
    str,
    Field(pattern=rules.EMPLOYEE_NUMBER, description="NIP or NI PPPK; never demanded."),
    BeforeValidator(_digits),
]
PopulationNumber = Annotated[
    str,
    Field(pattern=rules.POPULATION_NUMBER, description="NIK; never demanded."),
    BeforeValidator(_digits),
]
Secret = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{32}$",
        description="128 random bits in hex, made and kept by the phone; never shown again.",
        json_schema_extra={"writeOnly": True},
    ),
]


ElectionCode = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,40}$")]


class ReportedEventIn(Form):
    """What happened, where and when (Perbawaslu 9/2024, annex)."""

    what: Annotated[Line, Field(max_length=300, description="The act, in one sentence.")]
    region_code: str = Field(pattern=REGION_CODE, description="As exact as known, to the village.")
    place: Annotated[Line, Field(max_length=500)]
    occurred_on: Day
    known_on: Day = Field(description="The day on which the reporter came to know of it.")
    account: Annotated[Prose, Field(max_length=20_000, description="What happened, in order.")]

    @model_validator(mode="after")
    def known_after_it_happened(self) -> Self:
        if self.known_on < self.occurred_on:
            raise RuleBroken(
                "known-before-it-happened",
                Text(
                    "Hari diketahui tidak mungkin sebelum hari kejadian.",
                    "It cannot be known before it happened.",
                ),
            )
        return self


class ReportedPersonIn(Form):
    name: Name
    position: Annotated[Line, Field(max_length=200)] | None = None
    office: Annotated[Line, Field(max_length=200)] | None = None
    address: Address | None = None
    phone: Phone | None = None
    employee_number: EmployeeNumber | None = None
    population_number: PopulationNumber | None = None


class WitnessIn(Form):
    name: Name
    address: Address | None = None
    phone: Phone | None = None


class ReporterIn(Form):
    """Who reports; leave it out to stay unknown."""

    name: Name
    capacity: Capacity
    birth_place: Annotated[Line, Field(max_length=100)] | None = None
    born_on: Day | None = None
    sex: Literal["female", "male"] | None = None
    occupation: Annotated[Line, Field(max_length=100)] | None = None
    nationality: Annotated[Line, Field(max_length=60)] | None = None
    address: Address
    phone: Phone | None = None
    email: Email | None = None
    population_number: PopulationNumber | None = None


ReportedPersons = Annotated[
    list[ReportedPersonIn], Field(min_length=1, max_length=rules.MOST_PERSONS)
]
Witnesses = Annotated[list[WitnessIn], Field(max_length=rules.MOST_WITNESSES)]
EvidenceNotes = Annotated[
    list[Annotated[Line, Field(max_length=300)]],
    Field(max_length=rules.MOST_NOTES, description="What evidence there is, in words."),
]


class Submission(Protocol):
    """What every report form says, whoever sends it and however it came."""

    @property
    def kind(self) -> Kind: ...
    @property
    def channel(self) -> StrEnum: ...
    @property
    def election_code(self) -> str | None: ...
    @property
    def event(self) -> ReportedEventIn: ...
    @property
    def reported_persons(self) -> Sequence[ReportedPersonIn]: ...
    @property
    def witnesses(self) -> Sequence[WitnessIn]: ...
    @property
    def evidence_notes(self) -> Sequence[str]: ...
    @property
    def reporter(self) -> ReporterIn | None: ...


_EXAMPLE: JsonDict = {
    "receipt_secret": "00112233445566778899aabbccddeeff",
    "channel": "app",
    "election_code": "pilkada-2024",
    "event": {
        "what": "Mengajak pegawai memilih salah satu calon dalam apel pagi",
        "region_code": "73.04",
        "place": "Halaman kantor kecamatan",
        "occurred_on": "2024-11-04",
        "known_on": "2024-11-05",
        "account": "Contoh rekaan: pada apel pagi, pejabat itu mengajak semua pegawai memilih.",
    },
    "reported_persons": [{"name": "Contoh Rekaan", "position": "Camat", "office": "Kecamatan X"}],
    "witnesses": [{"name": "Saksi Rekaan"}],
    "evidence_notes": ["Rekaman suara di ponsel pelapor"],
    "reporter": {
        "name": "Pelapor Rekaan",
        "capacity": "voter",
        "address": "Jalan Contoh 1",
        "phone": "+62 800 0000 0000",
    },
    "statement_of_truth": True,
}


class ComplaintIn(Form):
    """The report form of Perbawaslu 9/2024."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    receipt_secret: Secret | None = None
    channel: PhoneChannel = PhoneChannel.WEB
    election_code: ElectionCode | None = None
    event: ReportedEventIn
    reported_persons: ReportedPersons
    witnesses: Witnesses = Field([])
    evidence_notes: EvidenceNotes = Field([])
    reporter: ReporterIn | None = Field(None, description="Null: initial information.")
    statement_of_truth: Truth = Field(description="The sender declares this to be true.")

    @property
    def kind(self) -> Kind:
        return rules.kind_of(has_reporter=self.reporter is not None)

    def canonical(self) -> bytes:
        """The same for equal content; what a later version adds stays out until it is used."""
        return self.model_dump_json(exclude={"receipt_secret"}, exclude_defaults=True).encode()


class PhoneComplaintIn(ComplaintIn):
    """The same form under an id made by the phone, which then needs the phone's secret as well."""

    receipt_secret: Secret


class OfficeOut(BaseModel):
    id: UUID
    name: str = Field(examples=["Bawaslu Kabupaten Jeneponto"])


class PromiseOut(BaseModel):
    """What happens next with it, and by when.

    First answers are kept and told again: a field that a later version adds has a default.
    """

    id: UUID
    kind: Kind
    status: Status
    submitted_at: datetime
    officially_received_at: datetime = Field(description="Within office hours of the office.")
    filed_late: bool = Field(description="Known for longer than the law allows; kept all the same.")
    holder: OfficeOut
    next_step: TextOut
    next_due_on: Day | None = Field(description="Last day, in the zone of the office.")


class FiledOut(PromiseOut):
    receipt_code: str = Field(examples=["0123-4567-89AB-CDEF-Z"])


class TimelineOut(BaseModel):
    at: datetime
    status: Status
    label: TextOut
    holder: OfficeOut


class ReceiptOut(PromiseOut):
    """What the reporter sees with the receipt."""

    label: TextOut
    timeline: list[TimelineOut]
    identity_openings: IdentityOpeningsOut
    unread_messages: int = Field(description="Of the office, not marked as read yet.")
    withdrawn_at: datetime | None = Field(description="When the reporter took it back.")
