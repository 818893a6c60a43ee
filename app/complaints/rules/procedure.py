"""The law of complaints: what a report is, what makes it late, and which step may follow."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Conflict
from app.core.texts import Text

MOST_PERSONS: Final = 50
MOST_WITNESSES: Final = 20
MOST_NOTES: Final = 20

# NIP (Perka BKN 22/2007): birth day, month of appointment, sex, sequence; of an NI PPPK the 13th
# and 14th digit are no month. Only the shape is checked: nine digits were valid before 2007.
EMPLOYEE_NUMBER: Final = r"^([0-9]{14}[12][0-9]{3}|[0-9]{9})$"
POPULATION_NUMBER: Final = r"^[0-9]{16}$"


class Kind(StrEnum):
    """A report has a reporter with a name; without one it is initial information."""

    REPORT = "report"
    INITIAL_INFORMATION = "initial_information"


class Channel(StrEnum):
    APP = "app"
    WEB = "web"
    WALK_IN = "walk_in"
    LETTER = "letter"
    TELEPHONE = "telephone"


class PhoneChannel(StrEnum):
    """The channels that whoever files can name."""

    APP = "app"
    WEB = "web"


class EntryChannel(StrEnum):
    """The channels by which a report reaches an officer, who then enters it."""

    WALK_IN = "walk_in"
    LETTER = "letter"
    TELEPHONE = "telephone"


class Status(StrEnum):
    SUBMITTED = "submitted"
    INITIAL_REVIEW = "initial_review"
    RECEIVED = "received"
    TRACING = "tracing"
    ARCHIVED = "archived"


class Capacity(StrEnum):
    """Who may report by law (UU 1/2015 Art. 134(2)), or his attorney (Perbawaslu 9/2024)."""

    VOTER = "voter"
    MONITOR = "monitor"
    CONTESTANT = "contestant"
    PROXY = "proxy"


class Part(StrEnum):
    """The part a person has in a complaint."""

    REPORTER = "reporter"
    REPORTED = "reported"
    WITNESS = "witness"


FIRST: Final = {Kind.REPORT: Status.SUBMITTED, Kind.INITIAL_INFORMATION: Status.RECEIVED}
UNDER_REVIEW: Final = {Kind.REPORT: Status.INITIAL_REVIEW, Kind.INITIAL_INFORMATION: Status.TRACING}
NEXT: Final[dict[Status, frozenset[Status]]] = {
    Status.SUBMITTED: frozenset({Status.INITIAL_REVIEW}),
    Status.INITIAL_REVIEW: frozenset(),
    Status.RECEIVED: frozenset({Status.TRACING}),
    Status.TRACING: frozenset(),
    Status.ARCHIVED: frozenset(),
}

KINDS: Final[Mapping[StrEnum, Text]] = {
    Kind.REPORT: Text("Laporan", "Report"),
    Kind.INITIAL_INFORMATION: Text("Informasi awal", "Initial information"),
}
CHANNELS: Final[Mapping[StrEnum, Text]] = {
    Channel.APP: Text("Aplikasi ponsel", "Phone application"),
    Channel.WEB: Text("Situs web", "Web site"),
    Channel.WALK_IN: Text("Datang ke kantor", "In person at the office"),
    Channel.LETTER: Text("Surat", "Letter"),
    Channel.TELEPHONE: Text("Telepon", "Telephone"),
}
STATUSES: Final[Mapping[StrEnum, Text]] = {
    Status.SUBMITTED: Text("Laporan sudah disampaikan", "Report submitted"),
    Status.INITIAL_REVIEW: Text("Sedang dalam kajian awal", "Under initial review"),
    Status.RECEIVED: Text("Informasi awal sudah diterima", "Initial information received"),
    Status.TRACING: Text("Sedang ditelusuri pengawas", "Being traced by supervisors"),
    Status.ARCHIVED: Text(
        "Diarsipkan: perkara lama yang sudah selesai di luar Netra",
        "Archived: an older case that ended outside Netra",
    ),
}
CAPACITIES: Final[Mapping[StrEnum, Text]] = {
    Capacity.VOTER: Text(
        "Warga negara dengan hak pilih di wilayah itu", "Citizen with the right to vote there"
    ),
    Capacity.MONITOR: Text("Pemantau terakreditasi", "Accredited election monitor"),
    Capacity.CONTESTANT: Text("Peserta pemilihan", "Contestant"),
    Capacity.PROXY: Text("Kuasa dengan surat kuasa khusus", "Attorney with special power"),
}

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "complaint_kind": KINDS,
    "complaint_channel": CHANNELS,
    "complaint_status": STATUSES,
    "reporter_capacity": CAPACITIES,
}

NEXT_STEPS: Final = {
    Status.SUBMITTED: Text(
        "Petugas memeriksa kelengkapan laporan Anda dalam kajian awal. Simpan kode tanda terima:"
        " hanya dengan kode itu Anda dapat mengikuti laporan ini.",
        "Officers check in an initial review whether your report is complete. Keep the receipt"
        " code: it is the only way to follow this report.",
    ),
    Status.INITIAL_REVIEW: Text(
        "Kantor pengawas sedang mengkaji laporan Anda dan akan menyatakan apakah laporan diterima.",
        "The office is reviewing your report and will say whether it is registered.",
    ),
    Status.RECEIVED: Text(
        "Karena tanpa identitas pelapor, kiriman Anda dicatat sebagai informasi awal; pengawas"
        " dapat menelusurinya. Simpan kode tanda terima untuk mengikutinya.",
        "Without a reporter's identity this is recorded as initial information, which supervisors"
        " may trace. Keep the receipt code to follow it.",
    ),
    Status.TRACING: Text(
        "Pengawas sedang menelusuri informasi ini; hasilnya dapat menjadi temuan.",
        "Supervisors are tracing this information; it may become a finding.",
    ),
    Status.ARCHIVED: Text(
        "Perkara lama ini sudah selesai; tidak ada langkah lagi di Netra.",
        "This older case has ended; no further step is taken in Netra.",
    ),
}


class IllegalStep(Conflict):
    code = "illegal-step"
    text = Text(
        "Langkah ini tidak mungkin pada status sekarang.",
        "This step is not possible in the present status.",
    )


def kind_of(*, has_reporter: bool) -> Kind:
    return Kind.REPORT if has_reporter else Kind.INITIAL_INFORMATION


def step(now: Status, wanted: Status) -> Status:
    """Return the new status, or refuse the step."""
    if wanted not in NEXT[now]:
        raise IllegalStep
    return wanted


def is_future(day: date, now: datetime) -> bool:
    """Whether a day has not begun anywhere in Indonesia (WIT is UTC+9)."""
    return day > (now + timedelta(hours=9)).date()


def pseudonym(reporter_ids: Sequence[UUID]) -> str | None:
    """How the desk speaks of the reporter, if there is one: the identity stays closed."""
    digests = [hashlib.sha256(id.bytes).hexdigest() for id in reporter_ids]
    return f"REP-{digests[0][:8].upper()}" if digests else None


def digits(number: str) -> str:
    """People write numbers in groups; only the digits are kept."""
    return re.sub(r"[\s.-]", "", number)
