"""The formal and material requirements of a report, and what follows from what is missing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class Requirement(StrEnum):
    """Formal: who reports, whom, in time; material: when and where, what happened, evidence."""

    REPORTER_IDENTITY = "reporter_identity"
    VOTING_RIGHT = "voting_right"
    REPORTED_PARTY = "reported_party"
    IN_TIME = "in_time"
    TIME_AND_PLACE = "time_and_place"
    ACCOUNT = "account"
    EVIDENCE = "evidence"


FORMAL: Final = frozenset(
    {
        Requirement.REPORTER_IDENTITY,
        Requirement.VOTING_RIGHT,
        Requirement.REPORTED_PARTY,
        Requirement.IN_TIME,
    }
)
# Perbawaslu 9/2024: these two cannot be mended by completing the report.
NOT_CORRECTABLE: Final = frozenset({Requirement.VOTING_RIGHT, Requirement.IN_TIME})


class Proposal(StrEnum):
    """What the checklist suggests; the officer decides."""

    CHECK = "check"
    REGISTER = "register"
    REQUEST_COMPLETION = "request_completion"
    REFUSE = "refuse"


class NotRegisteredReason(StrEnum):
    """Why a report is not registered (domain: status laporan tidak diregistrasi)."""

    FORMAL_UNMET = "formal_unmet"
    MATERIAL_UNMET = "material_unmet"
    OUT_OF_TIME = "out_of_time"
    REPORTER_NOT_ENTITLED = "reporter_not_entitled"
    NOT_ELECTION_VIOLATION = "not_election_violation"
    HANDLED_ELSEWHERE = "handled_elsewhere"
    WITHDRAWN = "withdrawn"
    COMPLETION_EXPIRED = "completion_expired"


REQUIREMENTS: Final[Mapping[StrEnum, Text]] = {
    Requirement.REPORTER_IDENTITY: Text("Identitas pelapor", "Identity of the reporter"),
    Requirement.VOTING_RIGHT: Text(
        "Pelapor berhak memilih atau berhak melapor", "The reporter may vote or report"
    ),
    Requirement.REPORTED_PARTY: Text("Pihak terlapor", "The reported party"),
    Requirement.IN_TIME: Text("Disampaikan dalam batas waktu", "Filed within the limit"),
    Requirement.TIME_AND_PLACE: Text("Waktu dan tempat kejadian", "Time and place of the event"),
    Requirement.ACCOUNT: Text("Uraian kejadian", "Account of the event"),
    Requirement.EVIDENCE: Text("Bukti", "Evidence"),
}
PROPOSALS: Final[Mapping[StrEnum, Text]] = {
    Proposal.CHECK: Text("Periksa syarat yang tersisa", "Check what is left"),
    Proposal.REGISTER: Text("Registrasi", "Register"),
    Proposal.REQUEST_COMPLETION: Text("Minta perbaikan laporan", "Ask for completion"),
    Proposal.REFUSE: Text("Tidak registrasi", "Refuse registration"),
}
REASONS: Final[Mapping[StrEnum, Text]] = {
    NotRegisteredReason.FORMAL_UNMET: Text(
        "Syarat formal tidak terpenuhi", "A formal requirement is not met"
    ),
    NotRegisteredReason.MATERIAL_UNMET: Text(
        "Syarat materiel tidak terpenuhi", "A material requirement is not met"
    ),
    NotRegisteredReason.OUT_OF_TIME: Text("Melewati batas waktu", "Out of time"),
    NotRegisteredReason.REPORTER_NOT_ENTITLED: Text(
        "Pelapor tidak berhak melapor", "The reporter is not entitled to report"
    ),
    NotRegisteredReason.NOT_ELECTION_VIOLATION: Text(
        "Bukan dugaan pelanggaran pemilihan", "Not about an election violation"
    ),
    NotRegisteredReason.HANDLED_ELSEWHERE: Text(
        "Sudah ditangani pengawas di tingkat lain", "Handled already by another level"
    ),
    NotRegisteredReason.WITHDRAWN: Text("Laporan dicabut", "The report was withdrawn"),
    NotRegisteredReason.COMPLETION_EXPIRED: Text(
        "Tidak diperbaiki sampai batas waktu", "Not completed in time"
    ),
}


def is_complete(checks: Mapping[Requirement, bool]) -> bool:
    """Whether every requirement was checked and is met."""
    return all(checks.get(each, False) for each in Requirement)


def correctable(checks: Mapping[Requirement, bool]) -> frozenset[Requirement]:
    """What the reporter can still bring: unmet, and not excluded from completion.

    Where an uncorrectable requirement is unmet, nothing else is worth completing.
    """
    unmet = frozenset(each for each, met in checks.items() if not met)
    return frozenset() if unmet & NOT_CORRECTABLE else unmet


def proposal(checks: Mapping[Requirement, bool], *, was_asked: bool) -> Proposal:
    """What follows from what was checked; a reporter is asked once for what is missing."""
    unmet = frozenset(each for each, met in checks.items() if not met)
    if unmet & NOT_CORRECTABLE:
        return Proposal.REFUSE
    if checks.keys() < set(Requirement):
        return Proposal.CHECK
    if not unmet:
        return Proposal.REGISTER
    return Proposal.REFUSE if was_asked else Proposal.REQUEST_COMPLETION
