"""The receipt on paper: what it says, and what it leaves unsaid where it must not be noticed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.complaints.rules.labels import KINDS, STATUSES
from app.complaints.rules.procedure import Kind, Status
from app.complaints.rules.prospects import NEXT_STEPS
from app.core.days import day, moment
from app.core.texts import Text

TITLE: Final = Text("Tanda terima", "Receipt")
DISCREET_TITLE: Final = Text("Catatan pribadi", "Personal note")


@dataclass(frozen=True)
class Facts:
    """What the service knows of a receipt without knowing any person; `zone` is the office's."""

    office: str
    kind: Kind
    status: Status
    submitted_at: datetime
    officially_received_at: datetime
    next_due_on: date | None
    zone: str


@dataclass(frozen=True)
class Line:
    """One line of the table: what is said, and about what."""

    about: Text
    said: Text


@dataclass(frozen=True)
class Paper:
    """All words of one sheet, in the order in which they are read."""

    title: Text
    lines: tuple[Line, ...]
    code: str
    advice: tuple[Line, ...]


FOLLOWING: Final = Line(
    Text("Mengikuti", "How to follow it"),
    Text(
        "Buka aplikasi atau situs layanan ini, pilih “Ikuti dengan kode”, lalu ketik atau pindai"
        " kode di atas. Petugas tidak akan pernah meminta kode ini.",
        "Open the application or site of this service, choose “Follow with a code”, then type or"
        " scan the code above. No officer will ever ask you for it.",
    ),
)
KEEPING: Final = Line(
    Text("Menyimpan", "How to keep it"),
    Text(
        "Siapa pun yang memegang kode ini dapat membaca status dan pesan Anda. Simpan di tempat"
        " yang aman; jangan difoto untuk orang lain.",
        "Whoever holds this code can read the status and your messages. Keep it in a safe place;"
        " do not send a picture of it to anybody.",
    ),
)
LOSING: Final = Line(
    Text("Bila hilang", "If it is lost"),
    Text(
        "Kode ini tidak disimpan oleh kantor dan tidak dapat dibuat lagi. Pemeriksaan tetap"
        " berjalan; sampaikan keterangan baru sebagai kiriman baru.",
        "The office does not keep this code and cannot make it again. The examination goes on;"
        " send anything new as a new submission.",
    ),
)
NOTING: Final = Line(
    Text("Simpan", "Keep"),
    Text(
        "Kode ini tidak dapat dibuat lagi. Jangan diberikan kepada orang lain.",
        "This code cannot be made again. Give it to nobody.",
    ),
)


def paper_of(facts: Facts, code: str, *, discreet: bool) -> Paper:
    """The sheet for the reporter; a discreet one names no office, kind, status or deed."""
    if discreet:
        return Paper(DISCREET_TITLE, _again(facts, "Lihat lagi", "Look again"), code, (NOTING,))
    return Paper(
        TITLE,
        (
            Line(Text("Kantor", "Office"), Text(facts.office, facts.office)),
            Line(Text("Jenis", "Kind"), KINDS[facts.kind]),
            Line(Text("Dicatat", "Recorded"), moment(facts.submitted_at, facts.zone)),
            Line(
                Text("Diterima resmi", "Officially received"),
                moment(facts.officially_received_at, facts.zone),
            ),
            Line(Text("Status", "Status"), STATUSES[facts.status]),
            Line(Text("Selanjutnya", "What comes next"), NEXT_STEPS[facts.status]),
            *_again(facts, "Paling lambat", "At the latest"),
        ),
        code,
        (FOLLOWING, KEEPING, LOSING),
    )


def _again(facts: Facts, indonesian: str, english: str) -> tuple[Line, ...]:
    if facts.next_due_on is None:
        return ()
    return (Line(Text(indonesian, english), day(facts.next_due_on)),)
