"""The transition map: which step the law allows, from which state, and by which article."""

from dataclasses import dataclass
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
from app.cases.rules.steps import StepName
from app.core.actors import Permission


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
_SETTLED: Final = _since(
    *(_S.NOT_REGISTERED, _S.NOT_VIOLATION, _S.DISCONTINUED),
    *(_S.RETURNED, _S.FOLLOWED_UP, _S.NOT_FOLLOWED_UP),
)
"""Nothing is left to be done but to tell it."""
MAP: Final[tuple[Transition, ...]] = tuple(
    Transition(*row)
    for row in (
        *(
            (step, _ANY, BEFORE_REGISTRATION, None, _HANDLE, _practice("penggabungan laporan"))
            for step in (StepName.JOIN_REPORT, StepName.SEPARATE_REPORT)
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
            _REPORT,
            _since(_S.INITIAL_REVIEW, _S.NEEDS_COMPLETION),
            _S.NOT_REGISTERED,
            _HANDLE,
            _practice("laporan tidak diregistrasi"),
        ),
        (
            StepName.REFUSE_REGISTRATION,
            _FINDING,
            _since(_S.FINDING),
            _S.NOT_REGISTERED,
            # What a plenary adopts is not put aside by one who handles it.
            _DECIDE,
            _practice("temuan tidak diregistrasi"),
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
            _since(_S.CLARIFICATION, _S.STUDY),
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
        (StepName.OFFER_TRANSFER, _ANY, OPEN, None, _DECIDE, _practice("pelimpahan")),
        (StepName.ACCEPT_TRANSFER, _ANY, OPEN, None, _DECIDE, _practice("pelimpahan")),
        (StepName.REJECT_TRANSFER, _ANY, OPEN, None, _DECIDE, _practice("pelimpahan")),
        (StepName.RETRACT_TRANSFER, _ANY, OPEN, None, _DECIDE, _practice("pelimpahan")),
        (StepName.TAKE_OVER, _ANY, OPEN, None, _DECIDE, _practice("pengambilalihan")),
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
        (StepName.CLOSE, _ANY, _SETTLED, _S.CLOSED, _DECIDE, _practice("penutupan perkara")),
    )
)
