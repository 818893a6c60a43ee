"""What is counted: no figure leaves without its unit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.complaints.rules.procedure import Kind
from app.complaints.rules.procedure import Status as ComplaintStatus
from app.core.texts import Text
from app.declarations.rules.kinds import Status as DeclarationStatus
from app.rakor.rules.events import UNDER_WAY


class Unit(StrEnum):
    """What a figure counts; one act can be one report, one case and fifty persons."""

    COMPLAINT = "complaint"
    REPORT = "report"
    INITIAL_INFORMATION = "initial_information"
    FINDING = "finding"
    CASE = "case"
    PERSON = "person"
    REFERRAL = "referral"
    SANCTION = "sanction"
    DEADLINE = "deadline"
    STEP = "step"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    EVENT = "event"
    ATTENDANCE = "attendance"
    CIRCULAR = "circular"
    CONSULTATION = "consultation"


PUBLIC: Final = (Unit.COMPLAINT, Unit.DECLARATION, Unit.EVENT)
"""The fixed list of what everybody may see; no unit of it is the sum of two others."""

COUNTED_COMPLAINTS: Final = frozenset(ComplaintStatus) - {ComplaintStatus.ARCHIVED}
"""What was imported was never filed here: counting it would change days that are long over."""

BROUGHT: Final = (Kind.REPORT, Kind.INITIAL_INFORMATION)
"""What others brought to an office; findings are its own, and counted by themselves."""

COUNTED_DECLARATIONS: Final = frozenset(DeclarationStatus) - {DeclarationStatus.CANCELLED}
COUNTED_EVENTS: Final = UNDER_WAY

UNITS: Final[Mapping[StrEnum, Text]] = {
    Unit.COMPLAINT: Text("Aduan", "Complaint"),
    Unit.REPORT: Text("Laporan", "Report"),
    Unit.INITIAL_INFORMATION: Text("Informasi awal", "Initial information"),
    Unit.FINDING: Text("Temuan", "Finding"),
    Unit.CASE: Text("Perkara", "Case"),
    Unit.PERSON: Text("Terlapor", "Reported person"),
    Unit.REFERRAL: Text("Penerusan", "Referral"),
    Unit.SANCTION: Text("Sanksi", "Sanction"),
    Unit.DEADLINE: Text("Tenggat", "Deadline"),
    Unit.STEP: Text("Langkah yang ditempuh", "Step taken"),
    Unit.DECLARATION: Text("Deklarasi", "Declaration"),
    Unit.SIGNATURE: Text("Tanda tangan", "Signature"),
    Unit.EVENT: Text("Kegiatan", "Event"),
    Unit.ATTENDANCE: Text("Kehadiran", "Attendance"),
    Unit.CIRCULAR: Text("Surat edaran", "Circular"),
    Unit.CONSULTATION: Text("Konsultasi", "Consultation"),
}
