"""What is counted, and by what it can be told apart: no figure leaves without its unit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.complaints.rules.labels import CHANNELS, KINDS, STATUSES
from app.complaints.rules.procedure import Kind
from app.complaints.rules.procedure import Status as ComplaintStatus
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.declarations.rules.kinds import Status as DeclarationStatus
from app.declarations.rules.labels import LABELS as DECLARED
from app.rakor.rules.events import UNDER_WAY
from app.rakor.rules.labels import LABELS as MET


class Unit(StrEnum):
    """What a figure counts; one act can be one report, one complaint and fifty persons."""

    COMPLAINT = "complaint"
    REPORT = "report"
    INITIAL_INFORMATION = "initial_information"
    FINDING = "finding"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    EVENT = "event"
    ATTENDANCE = "attendance"


class Dimension(StrEnum):
    REGION = "region"
    STATUS = "status"
    KIND = "kind"
    CHANNEL = "channel"
    DAY = "day"


Codes = Mapping[StrEnum, Text]

PUBLIC: Final = (Unit.COMPLAINT, Unit.DECLARATION, Unit.EVENT)
"""The fixed list of what everybody may see; no unit of it is the sum of two others."""

OVERLAPPING: Final = frozenset({(Unit.EVENT, Dimension.KIND)})
"""Where one thing can be counted in several cells."""

COUNTED_COMPLAINTS: Final = frozenset(ComplaintStatus) - {ComplaintStatus.ARCHIVED}
"""What was imported was never filed here: counting it would change days that are long over."""

BROUGHT: Final = (Kind.REPORT, Kind.INITIAL_INFORMATION)
"""What others brought to an office; findings are its own, and counted by themselves."""

COUNTED_DECLARATIONS: Final = frozenset(DeclarationStatus) - {DeclarationStatus.CANCELLED}
COUNTED_EVENTS: Final = UNDER_WAY

_COMPLAINT: Final[Mapping[Dimension, Codes]] = {
    Dimension.STATUS: {
        code: label for code, label in STATUSES.items() if code in COUNTED_COMPLAINTS
    },
    Dimension.CHANNEL: CHANNELS,
}
_CODES: Final[Mapping[Unit, Mapping[Dimension, Codes]]] = {
    Unit.COMPLAINT: {**_COMPLAINT, Dimension.KIND: {kind: KINDS[kind] for kind in BROUGHT}},
    Unit.REPORT: _COMPLAINT,
    Unit.INITIAL_INFORMATION: _COMPLAINT,
    Unit.FINDING: _COMPLAINT,
    Unit.DECLARATION: {
        Dimension.STATUS: {
            code: label
            for code, label in DECLARED["declaration_status"].items()
            if code in COUNTED_DECLARATIONS
        },
        Dimension.KIND: DECLARED["declaration_kind"],
    },
    Unit.SIGNATURE: {
        Dimension.KIND: DECLARED["signer_group"],
        Dimension.CHANNEL: DECLARED["signature_method"],
    },
    Unit.EVENT: {
        Dimension.STATUS: {
            code: label for code, label in MET["event_stage"].items() if code in COUNTED_EVENTS
        },
        Dimension.KIND: MET["event_kind"],
        Dimension.CHANNEL: MET["event_mode"],
    },
    Unit.ATTENDANCE: {Dimension.CHANNEL: MET["attendance_mode"]},
}

LABELS: Final[Mapping[str, Codes]] = {
    "statistics_unit": {
        Unit.COMPLAINT: Text("Aduan", "Complaint"),
        Unit.REPORT: Text("Laporan", "Report"),
        Unit.INITIAL_INFORMATION: Text("Informasi awal", "Initial information"),
        Unit.FINDING: Text("Temuan", "Finding"),
        Unit.DECLARATION: Text("Deklarasi", "Declaration"),
        Unit.SIGNATURE: Text("Tanda tangan", "Signature"),
        Unit.EVENT: Text("Kegiatan", "Event"),
        Unit.ATTENDANCE: Text("Kehadiran", "Attendance"),
    },
    "statistics_dimension": {
        Dimension.REGION: Text("Wilayah", "Region"),
        Dimension.STATUS: Text("Status", "Status"),
        Dimension.KIND: Text("Jenis; untuk tanda tangan: kelompok", "Kind; of a signature: group"),
        Dimension.CHANNEL: Text("Saluran atau cara", "Channel or manner"),
        Dimension.DAY: Text("Hari", "Day"),
    },
}


def codes_of(unit: Unit, by: Dimension) -> dict[str, Text]:
    """Return the codes that tell things of this unit apart, or refuse what they do not have."""
    codes = _CODES[unit].get(by)
    if codes is None:
        raise Invalid(
            Fault(
                "/by",
                "no-such-dimension",
                Text("Satuan ini tidak dirinci demikian.", "This unit is not told apart by that."),
            )
        )
    return {code.value: label for code, label in codes.items()}
