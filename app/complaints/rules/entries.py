"""What an office may enter, for a reporter or of its own, and when it counts as received."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.counting import midnight
from app.complaints.rules.importing import EARLIEST
from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.places import lies_in
from app.core.texts import Text

LONGEST_LETTER_NUMBER: Final = 100

FUTURE_MOMENT: Final = Fault(
    "/received_at",
    "future-moment",
    Text("Waktu ini belum tiba.", "This moment has not come yet."),
)
BEFORE_KNOWN: Final = Fault(
    "/received_at",
    "received-before-known",
    Text(
        "Kantor tidak mungkin menerimanya sebelum hari diketahui.",
        "The office cannot have received it before the day on which it was known.",
    ),
)
TWO_SOURCES: Final = Fault(
    "/finder",
    "two-sources",
    Text(
        "Pilih salah satu: pelapor untuk laporan, atau penemu untuk temuan.",
        "Give one of them: a reporter for a report, or a finder for a finding.",
    ),
)
NO_SUPERVISION_REPORT: Final = Fault(
    "/letter_number",
    "supervision-report-missing",
    Text(
        "Temuan memuat nomor laporan hasil pengawasan (Formulir A).",
        "A finding names the number of its supervision report (Form A).",
    ),
)
NO_EVIDENCE: Final = Fault(
    "/evidence_notes",
    "evidence-missing",
    Text(
        "Temuan harus disertai bukti: sebutkan sedikitnya satu.",
        "A finding needs evidence: say of at least one piece what it is.",
    ),
)
OUTSIDE_AREA: Final = Fault(
    "/event/region_code",
    "outside-area",
    Text(
        "Wilayah ini di luar wilayah kantor Anda; sampaikan ke kantor di atasnya.",
        "This region lies outside the area of your office; pass it to the office above.",
    ),
)


def oversees(actor: Actor, region_code: str) -> bool:
    """Whether the office that receives it can see the place of the act."""
    return actor.area is not None and lies_in(region_code, actor.area)


def check_finding(*, has_reporter: bool, has_number: bool, has_evidence: bool) -> None:
    """Refuse a finding that has a reporter too, or no supervision report, or no evidence.

    That a finding needs evidence is new in Perbawaslu 9/2024.
    """
    faults = {
        TWO_SOURCES: has_reporter,
        NO_SUPERVISION_REPORT: not has_number,
        NO_EVIDENCE: not has_evidence,
    }
    if any(faults.values()):
        raise Invalid(*(fault for fault, applies in faults.items() if applies))


def check_received(received_at: datetime, known_on: date, now: datetime, zone: ZoneInfo) -> None:
    """Refuse a time of receipt to come, or one before the reporter knew of the act."""
    if received_at > now:
        raise Invalid(FUTURE_MOMENT)
    if received_at < midnight(max(known_on, EARLIEST), zone):
        raise Invalid(BEFORE_KNOWN)
