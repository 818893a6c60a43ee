"""The transition map: which step the law allows, from which state, and by which article."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.cases.rules.states import (
    AFTER_FORWARDING,
    BEFORE_REGISTRATION,
    DECIDED,
    IN_HANDLING,
    OPEN,
    CaseKind,
    State,
)
from app.core.actors import Permission
from app.core.texts import Text


class StepName(StrEnum):
    """What can be done with a case; the journal writes `case.` and this word."""

    JOIN_REPORT = "join_report"
    SEPARATE_REPORT = "separate_report"
    NAME_PERSON = "name_person"
    CHECK_REQUIREMENTS = "check_requirements"
    REQUEST_COMPLETION = "request_completion"
    RESUME_REVIEW = "resume_review"
    REGISTER = "register"
    REFUSE_REGISTRATION = "refuse_registration"
    CONVERT_TO_INFORMATION = "convert_to_information"
    ADOPT_FINDING = "adopt_finding"
    CLOSE_TRACING = "close_tracing"
    INVITE = "invite"
    HOLD_CLARIFICATION = "hold_clarification"
    WRITE_STUDY = "write_study"
    EXTEND = "extend"
    CLASSIFY = "classify"
    DECIDE = "decide"
    ISSUE_NOTICE = "issue_notice"
    ANNOUNCE = "announce"
    OFFER_TRANSFER = "offer_transfer"
    TAKE_OVER = "take_over"
    FORWARD = "forward"
    RECORD_FOLLOW_UP = "record_follow_up"
    CLOSE = "close"


@dataclass(frozen=True)
class Transition:
    """One row of the map; without `to`, the step leaves the state or decides it itself."""

    step: StepName
    kinds: frozenset[CaseKind]
    since: frozenset[State]
    to: State | None
    permission: Permission
    source: str


_HANDLE: Final = Permission.HANDLE_CASES
_DECIDE: Final = Permission.DECIDE_CASES
_ANY: Final = frozenset(CaseKind)
_REPORT: Final = frozenset({CaseKind.REPORT})
_FINDING: Final = frozenset({CaseKind.FINDING})
_INFORMATION: Final = frozenset({CaseKind.INITIAL_INFORMATION})
_REGISTRABLE: Final = _REPORT | _FINDING


def _practice(subject: str) -> str:
    return f"Perbawaslu 8/2020 jo. 9/2024, {subject} (pasal belum diverifikasi)"


def _since(*states: State) -> frozenset[State]:
    return frozenset(states)


_S = State
MAP: Final[tuple[Transition, ...]] = tuple(
    Transition(*row)
    for row in (
        (
            StepName.JOIN_REPORT,
            _ANY,
            BEFORE_REGISTRATION,
            None,
            _HANDLE,
            _practice("penggabungan laporan"),
        ),
        (
            StepName.SEPARATE_REPORT,
            _ANY,
            BEFORE_REGISTRATION,
            None,
            _HANDLE,
            _practice("penggabungan laporan"),
        ),
        (
            StepName.NAME_PERSON,
            _ANY,
            OPEN,
            None,
            _HANDLE,
            "UU 1/2015 Pasal 134 ayat (3): pihak terlapor",
        ),
        (
            StepName.CHECK_REQUIREMENTS,
            _REPORT,
            _since(_S.INITIAL_REVIEW),
            None,
            _HANDLE,
            _practice("kajian awal, syarat formal dan materiel"),
        ),
        (
            StepName.REQUEST_COMPLETION,
            _REPORT,
            _since(_S.INITIAL_REVIEW),
            _S.NEEDS_COMPLETION,
            _HANDLE,
            _practice("perbaikan laporan"),
        ),
        (
            StepName.RESUME_REVIEW,
            _REPORT,
            _since(_S.NEEDS_COMPLETION),
            _S.INITIAL_REVIEW,
            _HANDLE,
            _practice("perbaikan laporan"),
        ),
        (
            StepName.REGISTER,
            _REPORT,
            _since(_S.INITIAL_REVIEW),
            _S.REGISTERED,
            _HANDLE,
            "UU 1/2015 Pasal 134 ayat (5); " + _practice("registrasi"),
        ),
        (
            StepName.REGISTER,
            _FINDING,
            _since(_S.FINDING),
            _S.REGISTERED,
            _HANDLE,
            _practice("registrasi temuan oleh rapat pleno"),
        ),
        (
            StepName.REFUSE_REGISTRATION,
            _REGISTRABLE,
            _since(_S.INITIAL_REVIEW, _S.NEEDS_COMPLETION, _S.FINDING),
            _S.NOT_REGISTERED,
            _HANDLE,
            _practice("laporan tidak diregistrasi"),
        ),
        (
            StepName.CONVERT_TO_INFORMATION,
            _REPORT,
            _since(_S.INITIAL_REVIEW, _S.NEEDS_COMPLETION, _S.NOT_REGISTERED),
            _S.TRACING,
            _HANDLE,
            _practice("informasi awal, formulir A.6"),
        ),
        (
            StepName.ADOPT_FINDING,
            _INFORMATION,
            _since(_S.TRACING),
            _S.FINDING,
            _DECIDE,
            _practice("penelusuran menjadi temuan oleh rapat pleno"),
        ),
        (
            StepName.ADOPT_FINDING,
            _REPORT,
            _since(_S.INITIAL_REVIEW, _S.NEEDS_COMPLETION),
            _S.FINDING,
            _DECIDE,
            _practice("laporan yang dicabut dilanjutkan sebagai temuan"),
        ),
        (
            StepName.CLOSE_TRACING,
            _INFORMATION,
            _since(_S.TRACING),
            _S.CLOSED,
            _HANDLE,
            _practice("hasil penelusuran"),
        ),
        (
            StepName.INVITE,
            _REGISTRABLE,
            IN_HANDLING,
            _S.CLARIFICATION,
            _HANDLE,
            _practice("klarifikasi, undangan"),
        ),
        (
            StepName.HOLD_CLARIFICATION,
            _REGISTRABLE,
            _since(_S.CLARIFICATION),
            None,
            _HANDLE,
            _practice("klarifikasi, berita acara"),
        ),
        (
            StepName.WRITE_STUDY,
            _REGISTRABLE,
            IN_HANDLING,
            _S.STUDY,
            _HANDLE,
            _practice("kajian dugaan pelanggaran"),
        ),
        (
            StepName.EXTEND,
            _REGISTRABLE,
            IN_HANDLING,
            None,
            _DECIDE,
            "UU 1/2015 Pasal 134 ayat (6); UU 7/2017 Pasal 454 ayat (8)",
        ),
        (
            StepName.CLASSIFY,
            _ANY,
            OPEN,
            None,
            _HANDLE,
            "SKB Netralitas 22 September 2022, lampiran II",
        ),
        (
            StepName.DECIDE,
            _REGISTRABLE,
            _since(_S.STUDY),
            None,
            _DECIDE,
            "UU 1/2015 Pasal 135; " + _practice("rapat pleno"),
        ),
        (
            StepName.ISSUE_NOTICE,
            _REGISTRABLE,
            DECIDED | AFTER_FORWARDING | {_S.NOT_REGISTERED},
            None,
            _HANDLE,
            _practice("pemberitahuan status laporan, formulir A.17"),
        ),
        (
            StepName.ANNOUNCE,
            _REGISTRABLE,
            DECIDED | AFTER_FORWARDING | {_S.NOT_REGISTERED},
            None,
            _HANDLE,
            _practice("pengumuman status laporan"),
        ),
        (
            StepName.OFFER_TRANSFER,
            _ANY,
            OPEN,
            None,
            _DECIDE,
            _practice("pelimpahan"),
        ),
        (
            StepName.TAKE_OVER,
            _ANY,
            OPEN,
            None,
            _DECIDE,
            _practice("pengambilalihan"),
        ),
        (
            StepName.FORWARD,
            _REGISTRABLE,
            _since(_S.VIOLATION, _S.FORWARDED, _S.RETURNED),
            _S.FORWARDED,
            Permission.FORWARD_CASES,
            "UU 1/2015 Pasal 134 ayat (5) dan 135",
        ),
        (
            StepName.RECORD_FOLLOW_UP,
            _REGISTRABLE,
            AFTER_FORWARDING,
            None,
            Permission.HANDLE_CASES,
            _practice("pemantauan tindak lanjut"),
        ),
        (
            StepName.CLOSE,
            _ANY,
            _since(
                _S.NOT_REGISTERED,
                _S.NOT_VIOLATION,
                _S.DISCONTINUED,
                _S.RETURNED,
                _S.FOLLOWED_UP,
                _S.NOT_FOLLOWED_UP,
            ),
            _S.CLOSED,
            _DECIDE,
            _practice("penutupan perkara"),
        ),
    )
)

STEPS: Final[Mapping[StrEnum, Text]] = {
    StepName.JOIN_REPORT: Text("Gabungkan laporan", "Join a report"),
    StepName.SEPARATE_REPORT: Text("Pisahkan laporan", "Separate a report"),
    StepName.NAME_PERSON: Text("Sebutkan terlapor", "Name a reported person"),
    StepName.CHECK_REQUIREMENTS: Text(
        "Periksa syarat formal dan materiel", "Check the formal and material requirements"
    ),
    StepName.REQUEST_COMPLETION: Text("Minta perbaikan laporan", "Ask for completion"),
    StepName.RESUME_REVIEW: Text("Lanjutkan kajian awal", "Resume the initial review"),
    StepName.REGISTER: Text("Registrasi", "Register"),
    StepName.REFUSE_REGISTRATION: Text("Tidak registrasi", "Refuse registration"),
    StepName.CONVERT_TO_INFORMATION: Text(
        "Jadikan informasi awal", "Convert to initial information"
    ),
    StepName.ADOPT_FINDING: Text("Tetapkan sebagai temuan", "Adopt as a finding"),
    StepName.CLOSE_TRACING: Text("Akhiri penelusuran", "Close the tracing"),
    StepName.INVITE: Text("Undang klarifikasi", "Invite to a clarification"),
    StepName.HOLD_CLARIFICATION: Text("Catat klarifikasi", "Record a clarification"),
    StepName.WRITE_STUDY: Text("Tulis kajian", "Write the study"),
    StepName.EXTEND: Text("Perpanjang waktu penanganan", "Extend the handling"),
    StepName.CLASSIFY: Text("Tentukan jenis pelanggaran", "Classify the act"),
    StepName.DECIDE: Text("Putuskan dalam rapat pleno", "Decide in a plenary"),
    StepName.ISSUE_NOTICE: Text("Beritahukan status laporan", "Issue the status notice"),
    StepName.ANNOUNCE: Text("Umumkan status", "Announce the status"),
    StepName.OFFER_TRANSFER: Text("Limpahkan", "Offer for transfer"),
    StepName.TAKE_OVER: Text("Ambil alih", "Take over"),
    StepName.FORWARD: Text("Teruskan ke instansi berwenang", "Forward to the authority"),
    StepName.RECORD_FOLLOW_UP: Text("Catat tindak lanjut", "Record the follow-up"),
    StepName.CLOSE: Text("Tutup perkara", "Close the case"),
}
