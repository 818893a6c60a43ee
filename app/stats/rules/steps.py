"""How far a case has come, and how its procedure went, in codes that exclude each other."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.decisions import RESULTS, Result
from app.core.texts import Text


class Progress(StrEnum):
    """The furthest step of a case or person; whoever came further has passed all before."""

    REPORTED = "reported"
    REGISTERED = "registered"
    VIOLATION = "violation"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    SANCTIONED = "sanctioned"


class Outcome(StrEnum):
    """What came out of a case: of the plenary, or before it."""

    OPEN = "open"
    NOT_REGISTERED = "not_registered"
    VIOLATION = Result.VIOLATION.value
    NOT_VIOLATION = Result.NOT_VIOLATION.value
    DISCONTINUED = Result.DISCONTINUED.value


class DeadlineOutcome(StrEnum):
    """Whether a deadline was kept; `running` ones have not ended yet, in time or not."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


class StepTaken(StrEnum):
    """A step of the procedure with the days from the one before it."""

    REGISTRATION = "registration"
    DECISION = "decision"
    FORWARDING = "forwarding"
    AUTHORITY_DECISION = "authority_decision"


PROGRESS: Final[Mapping[StrEnum, Text]] = {
    Progress.REPORTED: Text("Dilaporkan atau ditemukan", "Reported or found"),
    Progress.REGISTERED: Text("Diregistrasi", "Registered"),
    Progress.VIOLATION: Text("Diputus sebagai pelanggaran", "Found to be a violation"),
    Progress.FORWARDED: Text("Diteruskan", "Forwarded"),
    Progress.DECIDED: Text("Diputus instansi berwenang", "Decided by the authority"),
    Progress.SANCTIONED: Text("Dijatuhi sanksi", "Sanctioned"),
}
OUTCOMES: Final[Mapping[StrEnum, Text]] = {
    Outcome.OPEN: Text("Masih ditangani", "Still open"),
    Outcome.NOT_REGISTERED: Text("Tidak diregistrasi", "Not registered"),
    **{Outcome(result.value): label for result, label in RESULTS.items()},
}
DEADLINES: Final[Mapping[StrEnum, Text]] = {
    DeadlineOutcome.RUNNING: Text("Berjalan", "Running"),
    DeadlineOutcome.MET: Text("Ditepati", "Kept"),
    DeadlineOutcome.MISSED: Text("Terlewat", "Missed"),
    DeadlineOutcome.CANCELLED: Text("Dibatalkan", "Cancelled"),
}
STEPS: Final[Mapping[StrEnum, Text]] = {
    StepTaken.REGISTRATION: Text("Diterima sampai registrasi", "Receipt to registration"),
    StepTaken.DECISION: Text("Registrasi sampai pleno", "Registration to plenary decision"),
    StepTaken.FORWARDING: Text("Pleno sampai penerusan", "Plenary decision to forwarding"),
    StepTaken.AUTHORITY_DECISION: Text(
        "Penerusan sampai putusan instansi", "Forwarding to the decision of the authority"
    ),
}

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "case_progress": PROGRESS,
    "case_outcome": OUTCOMES,
    "deadline_outcome": DEADLINES,
    "step_taken": STEPS,
}
