"""Whether a step is allowed now, and if not, why: one function for the step and for the list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.cases.rules.states import CaseKind, State
from app.cases.rules.steps import StepName
from app.cases.rules.transitions import MAP, Transition
from app.core.actors import Permission
from app.core.errors import Conflict, NotAllowed
from app.core.texts import Text


class Objection(StrEnum):
    """Why a step is not allowed now."""

    WRONG_STATE = "wrong_state"
    WRONG_KIND = "wrong_kind"
    NOT_PERMITTED = "not_permitted"
    NOT_HOLDER = "not_holder"
    ALREADY_HOLDER = "already_holder"
    NOT_SUPERIOR = "not_superior"
    TRANSFER_OFFERED = "transfer_offered"
    NOT_OFFERED = "not_offered"
    REQUIREMENTS_UNMET = "requirements_unmet"
    NOTHING_MISSING = "nothing_missing"
    ALREADY_ASKED = "already_asked"
    ALL_WITHDRAWN = "all_withdrawn"
    NOT_WITHDRAWN = "not_withdrawn"
    ONLY_REPORT = "only_report"
    NOT_INVITED = "not_invited"
    CANNOT_EXTEND = "cannot_extend"
    NOTHING_TO_FORWARD = "nothing_to_forward"
    NOTICE_OUTSTANDING = "notice_outstanding"


OBJECTIONS: Final[Mapping[StrEnum, Text]] = {
    Objection.WRONG_STATE: Text(
        "Langkah ini tidak mungkin pada status sekarang.",
        "This step is not possible in the present state.",
    ),
    Objection.WRONG_KIND: Text(
        "Langkah ini tidak berlaku untuk jenis perkara ini.",
        "This step is not for this kind of case.",
    ),
    Objection.NOT_PERMITTED: Text(
        "Peran Anda tidak berwenang melakukan langkah ini.", "Your role may not take this step."
    ),
    Objection.NOT_HOLDER: Text(
        "Perkara ini dipegang kantor lain.", "Another office holds this case."
    ),
    Objection.ALREADY_HOLDER: Text(
        "Kantor Anda sudah memegang perkara ini.", "Your office holds this case already."
    ),
    Objection.NOT_SUPERIOR: Text(
        "Hanya kantor di atas pemegang yang dapat mengambil alih.",
        "Only an office above the holder can take a case over.",
    ),
    Objection.TRANSFER_OFFERED: Text(
        "Pelimpahan sedang ditawarkan; tunggu jawabannya atau tarik kembali.",
        "A transfer is offered; wait for the answer or take it back.",
    ),
    Objection.NOT_OFFERED: Text(
        "Tidak ada pelimpahan yang dapat dijawab atau ditarik kembali oleh kantor Anda.",
        "There is no transfer that your office could answer or take back.",
    ),
    Objection.REQUIREMENTS_UNMET: Text(
        "Syarat formal dan materiel belum semuanya diperiksa dan terpenuhi.",
        "Not all formal and material requirements have been checked and met.",
    ),
    Objection.NOTHING_MISSING: Text(
        "Tidak ada syarat yang dapat diperbaiki pelapor.",
        "There is no requirement that the reporter could still meet.",
    ),
    Objection.ALREADY_ASKED: Text(
        "Pelapor sudah diminta memperbaiki; permintaan itu hanya satu kali.",
        "The reporter was asked for completion before, and is asked only once.",
    ),
    Objection.ALL_WITHDRAWN: Text(
        "Semua laporan sudah dicabut; tidak ada pelapor yang dapat diminta memperbaiki.",
        "Every report was withdrawn; there is nobody to ask for completion.",
    ),
    Objection.NOT_WITHDRAWN: Text(
        "Hanya laporan yang dicabut dapat dilanjutkan sebagai temuan.",
        "Only a withdrawn report can be continued as a finding.",
    ),
    Objection.ONLY_REPORT: Text(
        "Perkara ini hanya memuat satu laporan.", "This case has only one report."
    ),
    Objection.NOT_INVITED: Text(
        "Belum ada undangan klarifikasi yang menunggu dicatat.",
        "There is no clarification that waits to be recorded.",
    ),
    Objection.CANNOT_EXTEND: Text(
        "Waktu penanganan sudah diperpanjang, sudah habis, atau tidak dapat diperpanjang.",
        "The handling was extended already, has lapsed, or cannot be extended.",
    ),
    Objection.NOTHING_TO_FORWARD: Text(
        "Pleno tidak memutuskan pelanggaran yang harus diteruskan.",
        "The plenary found no violation to be forwarded.",
    ),
    Objection.NOTICE_OUTSTANDING: Text(
        "Status terakhir belum diberitahukan kepada pelapor atau belum diumumkan.",
        "The last status was not yet told to the reporter, or not yet announced.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a step depends on, of one case for one officer."""

    kind: CaseKind
    state: State
    permissions: Collection[Permission]
    is_holder: bool
    is_superior: bool = False
    transfer_offered: bool = False
    is_offered_here: bool = False
    reports: int = 1
    all_withdrawn: bool = False
    requirements_met: bool = False
    something_correctable: bool = False
    was_asked: bool = False
    was_adopted: bool = False
    waiting_clarifications: int = 0
    extendable: bool = False
    categories_to_forward: int = 0
    was_notified: bool = False
    was_announced: bool = False


_OF_OTHERS: Final = frozenset(
    {StepName.TAKE_OVER, StepName.ACCEPT_TRANSFER, StepName.REJECT_TRANSFER}
)
"""What an office does that does not hold the case."""


class IllegalStep(Conflict):
    """The law does not allow this step now; the problem names the objection."""

    code = "illegal-step"
    text = OBJECTIONS[Objection.WRONG_STATE]


def check(step: StepName, now: Situation) -> Transition:
    """Return the row of the map by which the step is allowed; refuse it otherwise."""
    why = objection(step, now)
    if why is Objection.NOT_HOLDER or why is Objection.NOT_PERMITTED:
        raise NotAllowed(OBJECTIONS[why])
    if why is not None:
        refusal = IllegalStep(OBJECTIONS[why])
        refusal.members = {"objection": why}
        raise refusal
    return next(row for row in MAP if _fits(row, step, now))


def objection(step: StepName, now: Situation) -> Objection | None:
    """Why the step is not allowed, the nearest reason first; None where it is."""
    if not any(row.permission in now.permissions for row in MAP if row.step is step):
        return Objection.NOT_PERMITTED
    if not now.is_holder and step not in _OF_OTHERS:
        return Objection.NOT_HOLDER
    if not any(row.step is step and now.kind in row.kinds for row in MAP):
        return Objection.WRONG_KIND
    row = next((row for row in MAP if _fits(row, step, now)), None)
    if row is None:
        return Objection.WRONG_STATE
    if row.permission not in now.permissions:
        return Objection.NOT_PERMITTED
    return _hindrance(step, now)


def _fits(row: Transition, step: StepName, now: Situation) -> bool:
    return row.step is step and now.kind in row.kinds and now.state in row.since


def _hindrance(step: StepName, now: Situation) -> Objection | None:
    """What stands in the way of a step that the map allows, the nearest first."""
    found = {**_of_procedure(now), **_of_custody(now)}
    return next((why for is_so, why in found.get(step, ()) if is_so), None)


def _of_procedure(now: Situation) -> Mapping[StepName, Sequence[tuple[bool, Objection]]]:
    report = now.kind is CaseKind.REPORT
    may_decide = Permission.DECIDE_CASES in now.permissions
    return {
        StepName.SEPARATE_REPORT: (
            # What is offered stays as it was offered.
            (now.transfer_offered, Objection.TRANSFER_OFFERED),
            (now.reports < 2, Objection.ONLY_REPORT),  # noqa: PLR2004
        ),
        StepName.REQUEST_COMPLETION: (
            (now.all_withdrawn, Objection.ALL_WITHDRAWN),
            (now.was_asked, Objection.ALREADY_ASKED),
            (not now.something_correctable, Objection.NOTHING_MISSING),
        ),
        StepName.REGISTER: (
            (report and not now.requirements_met, Objection.REQUIREMENTS_UNMET),
            # Its registration records the plenary that adopts it.
            (not report and not (now.was_adopted or may_decide), Objection.NOT_PERMITTED),
        ),
        StepName.ADOPT_FINDING: ((report and not now.all_withdrawn, Objection.NOT_WITHDRAWN),),
        StepName.HOLD_CLARIFICATION: ((now.waiting_clarifications == 0, Objection.NOT_INVITED),),
        StepName.EXTEND: ((not now.extendable, Objection.CANNOT_EXTEND),),
        StepName.FORWARD: ((now.categories_to_forward == 0, Objection.NOTHING_TO_FORWARD),),
        StepName.CLOSE: ((_is_untold(now), Objection.NOTICE_OUTSTANDING),),
    }


def _of_custody(now: Situation) -> Mapping[StepName, Sequence[tuple[bool, Objection]]]:
    return {
        StepName.OFFER_TRANSFER: ((now.transfer_offered, Objection.TRANSFER_OFFERED),),
        StepName.ACCEPT_TRANSFER: ((not now.is_offered_here, Objection.NOT_OFFERED),),
        StepName.REJECT_TRANSFER: ((not now.is_offered_here, Objection.NOT_OFFERED),),
        StepName.RETRACT_TRANSFER: ((not now.transfer_offered, Objection.NOT_OFFERED),),
        StepName.TAKE_OVER: (
            (now.is_holder, Objection.ALREADY_HOLDER),
            (not now.is_superior, Objection.NOT_SUPERIOR),
        ),
    }


def _is_untold(now: Situation) -> bool:
    """Whether the public, or whoever reported, has still to learn what became of the case."""
    is_owed_notice = now.kind is CaseKind.REPORT
    return not now.was_announced or (is_owed_notice and not now.was_notified)
