"""By what the things of each unit can be told apart, and what each code means."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.decisions import CATEGORIES, POSITION_GROUPS, SUBJECT_GROUPS
from app.cases.rules.states import KINDS as CASE_KINDS
from app.cases.rules.states import STATES as CASE_STATES
from app.cases.rules.violation_labels import LABELS as VIOLATIONS
from app.circulars.rules.labels import LABELS as CIRCULARS
from app.clocks.rules.labels import LABELS as CLOCKS
from app.complaints.rules.labels import CHANNELS, KINDS, STATUSES
from app.consultations.rules.labels import LABELS as CONSULTATIONS
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.declarations.rules.labels import LABELS as DECLARED
from app.elections.rules import STAGES
from app.rakor.rules.labels import LABELS as MET
from app.referrals.rules.states import STATES as REFERRAL_STATES
from app.referrals.rules.states import STATUSES as FOLLOW_UPS
from app.stats.rules.steps import DEADLINES, OUTCOMES, PROGRESS, STEPS
from app.stats.rules.units import (
    BROUGHT,
    COUNTED_COMPLAINTS,
    COUNTED_DECLARATIONS,
    COUNTED_EVENTS,
    Unit,
)

UNKNOWN: Final = "unknown"
"""The code of what nobody has recorded."""


class Dimension(StrEnum):
    REGION = "region"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    STAGE = "stage"
    STATUS = "status"
    KIND = "kind"
    CHANNEL = "channel"
    SOURCE = "source"
    OUTCOME = "outcome"
    FURTHEST_STEP = "furthest_step"
    FOLLOW_UP = "follow_up"
    SUBJECT_GROUP = "subject_group"
    POSITION_GROUP = "position_group"
    RESULT_CATEGORY = "result_category"
    VIOLATION_KIND = "violation_kind"
    DAYS = "days"


Codes = Mapping[StrEnum, Text]

TIMES: Final = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)

OVERLAPPING: Final = frozenset(
    {
        (Unit.EVENT, Dimension.KIND),
        (Unit.CASE, Dimension.RESULT_CATEGORY),
        (Unit.CASE, Dimension.VIOLATION_KIND),
        (Unit.PERSON, Dimension.VIOLATION_KIND),
    }
)
"""Where the parts can add up to more than the total (domain.md, section 8)."""

_COMPLAINT: Final[Mapping[Dimension, Codes]] = {
    Dimension.STATUS: {
        code: label for code, label in STATUSES.items() if code in COUNTED_COMPLAINTS
    },
    Dimension.CHANNEL: CHANNELS,
}
_PERSON: Final[Mapping[Dimension, Codes]] = {
    Dimension.SUBJECT_GROUP: SUBJECT_GROUPS,
    Dimension.POSITION_GROUP: POSITION_GROUPS,
}
_OWN: Final[Mapping[Unit, Mapping[Dimension, Codes]]] = {
    Unit.COMPLAINT: {**_COMPLAINT, Dimension.KIND: {kind: KINDS[kind] for kind in BROUGHT}},
    Unit.REPORT: _COMPLAINT,
    Unit.INITIAL_INFORMATION: _COMPLAINT,
    Unit.FINDING: _COMPLAINT,
    Unit.CASE: {
        Dimension.SOURCE: CASE_KINDS,
        Dimension.STATUS: CASE_STATES,
        Dimension.OUTCOME: OUTCOMES,
        Dimension.FURTHEST_STEP: PROGRESS,
        Dimension.RESULT_CATEGORY: CATEGORIES,
        Dimension.VIOLATION_KIND: VIOLATIONS["act"],
    },
    Unit.PERSON: {
        Dimension.SOURCE: CASE_KINDS,
        **_PERSON,
        Dimension.OUTCOME: OUTCOMES,
        Dimension.FURTHEST_STEP: PROGRESS,
        Dimension.FOLLOW_UP: FOLLOW_UPS,
        Dimension.VIOLATION_KIND: VIOLATIONS["act"],
    },
    Unit.REFERRAL: {
        Dimension.STATUS: REFERRAL_STATES,
        Dimension.RESULT_CATEGORY: CATEGORIES,
    },
    Unit.SANCTION: {Dimension.KIND: VIOLATIONS["severity"], **_PERSON},
    Unit.DEADLINE: {Dimension.KIND: CLOCKS["deadline_step"], Dimension.OUTCOME: DEADLINES},
    Unit.STEP: {Dimension.KIND: STEPS, Dimension.DAYS: {}},
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
    Unit.CIRCULAR: {
        Dimension.STATUS: CIRCULARS["circular_state"],
        Dimension.KIND: CIRCULARS["circular_kind"],
    },
    Unit.CONSULTATION: {
        Dimension.STATUS: CONSULTATIONS["consultation_state"],
        Dimension.KIND: CONSULTATIONS["asker_kind"],
    },
}

_CALENDARLESS: Final = frozenset({Unit.CIRCULAR, Unit.CONSULTATION, Unit.SIGNATURE})
"""Circulars and questions belong to no election, and so to no stage; what millions signed is told
by its days, which stay right when a calendar changes."""

LABELS: Final[Mapping[StrEnum, Text]] = {
    Dimension.REGION: Text("Wilayah", "Region"),
    Dimension.DAY: Text("Hari", "Day"),
    Dimension.WEEK: Text("Pekan", "Week"),
    Dimension.MONTH: Text("Bulan", "Month"),
    Dimension.STAGE: Text("Tahapan", "Election stage"),
    Dimension.STATUS: Text("Status", "Status"),
    Dimension.KIND: Text("Jenis; untuk tanda tangan: kelompok", "Kind; of a signature: group"),
    Dimension.CHANNEL: Text("Saluran atau cara", "Channel or manner"),
    Dimension.SOURCE: Text("Asal perkara", "Source"),
    Dimension.OUTCOME: Text("Hasil", "Outcome"),
    Dimension.FURTHEST_STEP: Text("Langkah terjauh", "Furthest step"),
    Dimension.FOLLOW_UP: Text("Tindak lanjut", "Follow-up"),
    Dimension.SUBJECT_GROUP: Text("Kelompok terlapor", "Group of the reported person"),
    Dimension.POSITION_GROUP: Text("Kelompok jabatan", "Group of positions"),
    Dimension.RESULT_CATEGORY: Text("Kategori pelanggaran", "Category of the violation"),
    Dimension.VIOLATION_KIND: Text("Jenis perbuatan", "Kind of act"),
    Dimension.DAYS: Text("Lama dalam hari", "Days taken"),
}

_WORDS: Final[Mapping[str, Text]] = {
    UNKNOWN: Text("Belum dicatat", "Not recorded yet"),
    "": Text("Tidak ada", "None"),
}


def own_dimensions(unit: Unit) -> tuple[Dimension, ...]:
    """By what things of this unit are told apart, besides region and time."""
    staged = () if unit in _CALENDARLESS else (Dimension.STAGE,)
    return (*_OWN[unit], *staged)


def codes_of(unit: Unit, by: Dimension, pointer: str = "/by") -> dict[str, Text]:
    """Return the codes that tell things of this unit apart, or refuse what they do not have."""
    if by not in own_dimensions(unit):
        raise Invalid(
            Fault(
                pointer,
                "no-such-dimension",
                Text("Satuan ini tidak dirinci demikian.", "This unit is not told apart by that."),
            )
        )
    codes = STAGES if by is Dimension.STAGE else _OWN[unit][by]
    return {str(code): label for code, label in codes.items()}


def label_of(codes: Mapping[str, Text], code: str) -> Text:
    """The words for a code; numbers speak for themselves, `unknown` and nothing say so."""
    return codes.get(code, _WORDS.get(code, Text(code, code)))
