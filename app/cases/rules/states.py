"""What a case can be: its kind, its state, and the words for them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class CaseKind(StrEnum):
    """By which entrance it came (domain: laporan, temuan, informasi awal)."""

    REPORT = "report"
    FINDING = "finding"
    INITIAL_INFORMATION = "initial_information"


class State(StrEnum):
    """Where the procedure stands; the reporter sees the same words in the status of the report."""

    INITIAL_REVIEW = "initial_review"
    NEEDS_COMPLETION = "needs_completion"
    NOT_REGISTERED = "not_registered"
    TRACING = "tracing"
    FINDING = "finding"
    REGISTERED = "registered"
    CLARIFICATION = "clarification"
    STUDY = "study"
    VIOLATION = "violation"
    NOT_VIOLATION = "not_violation"
    DISCONTINUED = "discontinued"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    FOLLOWED_UP = "followed_up"
    NOT_FOLLOWED_UP = "not_followed_up"
    CLOSED = "closed"


FIRST: Final[Mapping[CaseKind, State]] = {
    CaseKind.REPORT: State.INITIAL_REVIEW,
    CaseKind.FINDING: State.FINDING,
    CaseKind.INITIAL_INFORMATION: State.TRACING,
}

BEFORE_REGISTRATION: Final = frozenset(
    {State.INITIAL_REVIEW, State.NEEDS_COMPLETION, State.TRACING, State.FINDING}
)
IN_HANDLING: Final = frozenset({State.REGISTERED, State.CLARIFICATION, State.STUDY})
OPEN: Final = BEFORE_REGISTRATION | IN_HANDLING
DECIDED: Final = frozenset({State.VIOLATION, State.NOT_VIOLATION, State.DISCONTINUED})
AFTER_FORWARDING: Final = frozenset(
    {State.FORWARDED, State.RETURNED, State.FOLLOWED_UP, State.NOT_FOLLOWED_UP}
)

KINDS: Final[Mapping[StrEnum, Text]] = {
    CaseKind.REPORT: Text("Laporan", "Report"),
    CaseKind.FINDING: Text("Temuan", "Finding"),
    CaseKind.INITIAL_INFORMATION: Text("Informasi awal", "Initial information"),
}
STATES: Final[Mapping[StrEnum, Text]] = {
    State.INITIAL_REVIEW: Text("Kajian awal", "Initial review"),
    State.NEEDS_COMPLETION: Text("Menunggu perbaikan laporan", "Waiting for completion"),
    State.NOT_REGISTERED: Text("Tidak diregistrasi", "Not registered"),
    State.TRACING: Text("Penelusuran", "Tracing"),
    State.FINDING: Text("Temuan, menunggu registrasi", "Finding, to be registered"),
    State.REGISTERED: Text("Diregistrasi", "Registered"),
    State.CLARIFICATION: Text("Klarifikasi", "Clarification"),
    State.STUDY: Text("Kajian", "Study"),
    State.VIOLATION: Text("Dinyatakan pelanggaran", "Found to be a violation"),
    State.NOT_VIOLATION: Text("Bukan pelanggaran", "No violation"),
    State.DISCONTINUED: Text("Dihentikan", "Discontinued"),
    State.FORWARDED: Text("Diteruskan", "Forwarded"),
    State.RETURNED: Text("Dikembalikan oleh instansi penerima", "Returned by the addressee"),
    State.FOLLOWED_UP: Text("Ditindaklanjuti", "Followed up"),
    State.NOT_FOLLOWED_UP: Text("Tidak ditindaklanjuti", "Not followed up"),
    State.CLOSED: Text("Selesai", "Closed"),
}
