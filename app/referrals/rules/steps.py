"""The transition map of a referral: who may do what, from which state, and by which source."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.cases.rules.allowed import IllegalStep
from app.core.errors import NotAllowed
from app.core.texts import Text
from app.referrals.rules.authorities import Flow
from app.referrals.rules.states import ANSWERED, WAITING, ReferralState


class ReferralStep(StrEnum):
    """What can be done with a referral; the journal writes `referral.` and this word."""

    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    ENTER_STAGE = "enter_stage"
    RELAY = "relay"
    DECIDE = "decide"
    RECORD_IDIS = "record_idis"
    ACT = "act"
    FOLLOW_UP = "follow_up"
    CONCLUDE = "conclude"


class ReferralSide(StrEnum):
    """On which side of a referral an officer or another system stands.

    The addressee got the letter; the staffing authority is whom it was relayed to, or the
    addressee itself; the holder is the office of Bawaslu that holds the case.
    """

    ADDRESSEE = "addressee"
    STAFFING = "staffing"
    HOLDER = "holder"


class ReferralObjection(StrEnum):
    """Why a step is not allowed now."""

    WRONG_FLOW = "wrong_flow"
    WRONG_STATE = "wrong_state"
    NOT_YOURS = "not_yours"
    NO_PERSONS = "no_persons"
    NO_STAGE_LEFT = "no_stage_left"
    NOT_OVERDUE = "not_overdue"
    NOBODY_SANCTIONED = "nobody_sanctioned"


@dataclass(frozen=True)
class ReferralTransition:
    """One row of the map; without `to`, the step leaves the state or decides it itself."""

    step: ReferralStep
    flows: frozenset[Flow]
    since: frozenset[ReferralState]
    to: ReferralState | None
    # Bawaslu, as the holder of the case, may record each step that came on paper.
    sides: frozenset[ReferralSide]
    source: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a step depends on, of one referral for one actor."""

    flow: Flow
    state: ReferralState
    sides: frozenset[ReferralSide]
    persons: int = 0
    sanctioned: int = 0
    stages_possible: int = 0
    response_missed: bool = False
    records_blocked: int = 0


_ANY: Final = frozenset(Flow)
_ASN: Final = frozenset({Flow.ASN_OVERSIGHT})
_DIRECT: Final = frozenset({Flow.STAFFING_AUTHORITY})
_STAGED: Final = frozenset({Flow.ASN_OVERSIGHT, Flow.ENFORCEMENT})
_STAFF: Final = _ASN | _DIRECT
_S = ReferralState
_ADDRESSEE: Final = frozenset({ReferralSide.ADDRESSEE, ReferralSide.HOLDER})
_STAFFING: Final = frozenset({ReferralSide.STAFFING, ReferralSide.HOLDER})
_HOLDER: Final = frozenset({ReferralSide.HOLDER})
_ALL: Final = frozenset(ReferralSide)

_PRACTICE: Final = "Perbawaslu 8/2020 jo. 9/2024, penerusan (pasal belum diverifikasi)"
_SBT: Final = "SBT BKN, alur 2024"
_PP94: Final = "PP 94/2021; PP 42/2004 Pasal 15 dan 16; PP 49/2018"
_CONTROL: Final = "Perpres 116/2022; Peraturan BKN 1/2023"
_OURS: Final = "Kebijakan Netra: perkara tidak menunggu tanpa akhir"

MAP: Final[tuple[ReferralTransition, ...]] = tuple(
    ReferralTransition(*row)
    for row in (
        (
            ReferralStep.ACKNOWLEDGE,
            _ANY,
            frozenset({_S.FORWARDED}),
            _S.ACKNOWLEDGED,
            _ADDRESSEE,
            _PRACTICE,
        ),
        (ReferralStep.RETURN, _ANY, WAITING, _S.RETURNED, _ADDRESSEE, _PRACTICE),
        (
            ReferralStep.ENTER_STAGE,
            _STAGED,
            frozenset({_S.ACKNOWLEDGED}),
            None,
            _ADDRESSEE,
            "Peraturan Bersama Bawaslu 5/2020, Polri 1/2020, Kejaksaan 14/2020; " + _SBT,
        ),
        (
            ReferralStep.RELAY,
            _ASN,
            frozenset({_S.ACKNOWLEDGED}),
            _S.RELAYED,
            _ADDRESSEE,
            _SBT,
        ),
        # A decree may come after the case was given up, and a later one replaces an earlier one.
        (ReferralStep.DECIDE, _ASN, ANSWERED | {_S.RELAYED}, None, _STAFFING, _PP94),
        (ReferralStep.DECIDE, _DIRECT, ANSWERED | {_S.ACKNOWLEDGED}, None, _STAFFING, _PP94),
        (
            ReferralStep.RECORD_IDIS,
            _STAFF,
            ANSWERED | {_S.ACKNOWLEDGED, _S.RELAYED},
            None,
            _ALL,
            "Integrated Discipline (I'DIS) BKN",
        ),
        (ReferralStep.ACT, _ASN, ANSWERED | {_S.RELAYED}, None, _ADDRESSEE, _CONTROL),
        (
            ReferralStep.FOLLOW_UP,
            _ANY,
            ANSWERED | {_S.ACKNOWLEDGED, _S.RELAYED},
            None,
            _ALL,
            _PRACTICE,
        ),
        (
            ReferralStep.CONCLUDE,
            _ANY - _STAFF,
            frozenset({_S.ACKNOWLEDGED}),
            None,
            _ADDRESSEE,
            _PRACTICE,
        ),
        (ReferralStep.CONCLUDE, _ANY, WAITING, None, _HOLDER, _OURS),
    )
)


def check(step: ReferralStep, now: Standing) -> ReferralTransition:
    """Return the row of the map by which the step is allowed; refuse it otherwise."""
    why = objection(step, now)
    if why is ReferralObjection.NOT_YOURS:
        raise NotAllowed(OBJECTIONS[why])
    if why is not None:
        refusal = IllegalStep(OBJECTIONS[why])
        refusal.members = {"objection": why}
        raise refusal
    return next(row for row in MAP if _fits(row, step, now) and row.sides & now.sides)


def objection(step: ReferralStep, now: Standing) -> ReferralObjection | None:
    """Why the step is not allowed, the nearest reason first; None where it is."""
    rows = [row for row in MAP if row.step is step]
    if not any(row.sides & now.sides for row in rows if now.flow in row.flows or row.flows == _ANY):
        wrong = not any(now.flow in row.flows for row in rows)
        return ReferralObjection.WRONG_FLOW if wrong else ReferralObjection.NOT_YOURS
    if not any(_fits(row, step, now) and row.sides & now.sides for row in rows):
        return ReferralObjection.WRONG_STATE
    return _hindrance(step, now)


def _fits(row: ReferralTransition, step: ReferralStep, now: Standing) -> bool:
    return row.step is step and now.flow in row.flows and now.state in row.since


def _hindrance(step: ReferralStep, now: Standing) -> ReferralObjection | None:
    """What stands in the way of a step that the map allows."""
    silent = now.response_missed or now.records_blocked > 0
    hindered = {
        ReferralStep.ENTER_STAGE: (now.stages_possible == 0, ReferralObjection.NO_STAGE_LEFT),
        ReferralStep.DECIDE: (now.persons == 0, ReferralObjection.NO_PERSONS),
        ReferralStep.FOLLOW_UP: (now.persons == 0, ReferralObjection.NO_PERSONS),
        ReferralStep.RECORD_IDIS: (now.sanctioned == 0, ReferralObjection.NOBODY_SANCTIONED),
        ReferralStep.ACT: (not silent, ReferralObjection.NOT_OVERDUE),
    }
    is_hindered, why = hindered.get(step, (False, ReferralObjection.WRONG_STATE))
    return why if is_hindered else None


STEPS: Final[Mapping[StrEnum, Text]] = {
    ReferralStep.ACKNOWLEDGE: Text("Terima", "Acknowledge"),
    ReferralStep.RETURN: Text("Kembalikan", "Return"),
    ReferralStep.ENTER_STAGE: Text("Catat tahap", "Record a stage"),
    ReferralStep.RELAY: Text("Teruskan ke PPK", "Relay to the staffing authority"),
    ReferralStep.DECIDE: Text("Catat keputusan PPK", "Record the decision"),
    ReferralStep.RECORD_IDIS: Text("Catat nomor I'DIS", "Record the I'DIS number"),
    ReferralStep.ACT: Text("Catat tindakan BKN", "Record an action of BKN"),
    ReferralStep.FOLLOW_UP: Text("Catat tindak lanjut", "Record a follow-up"),
    ReferralStep.CONCLUDE: Text("Catat hasil", "Record the result"),
}
OBJECTIONS: Final[Mapping[StrEnum, Text]] = {
    ReferralObjection.WRONG_FLOW: Text(
        "Langkah ini tidak berlaku bagi instansi penerima ini.",
        "This step is not for this authority.",
    ),
    ReferralObjection.WRONG_STATE: Text(
        "Langkah ini tidak mungkin pada status sekarang.",
        "This step is not possible in the present state.",
    ),
    ReferralObjection.NOT_YOURS: Text(
        "Langkah ini milik instansi lain dalam penerusan ini.",
        "This step belongs to another side of this referral.",
    ),
    ReferralObjection.NO_PERSONS: Text(
        "Penerusan ini tidak memuat orang.", "This referral names no person."
    ),
    ReferralObjection.NO_STAGE_LEFT: Text(
        "Tidak ada tahap yang dapat mengikuti.", "No further stage can follow."
    ),
    ReferralObjection.NOT_OVERDUE: Text(
        "PPK masih dalam jangka waktunya, atau sudah memutuskan.",
        "The staffing authority is still in time, or has decided.",
    ),
    ReferralObjection.NOBODY_SANCTIONED: Text(
        "Belum ada orang yang dijatuhi sanksi.", "Nobody has been sanctioned yet."
    ),
}
SIDES: Final[Mapping[StrEnum, Text]] = {
    ReferralSide.ADDRESSEE: Text("Instansi penerima", "Addressee"),
    ReferralSide.STAFFING: Text("PPK", "Staffing authority"),
    ReferralSide.HOLDER: Text("Pemegang perkara", "Holder of the case"),
}
