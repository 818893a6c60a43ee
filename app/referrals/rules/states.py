"""Where a referral stands, where each person in it stands, and what the case makes of it."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.states import State
from app.core.texts import Text


class ReferralState(StrEnum):
    FORWARDED = "forwarded"
    ACKNOWLEDGED = "acknowledged"
    RELAYED = "relayed"
    RETURNED = "returned"
    FOLLOWED_UP = "followed_up"
    NOT_FOLLOWED_UP = "not_followed_up"


class FollowUpStatus(StrEnum):
    """How the matter of one person stands at the authority (domain.md 2.4)."""

    AWAITING_BKN_VERIFICATION = "awaiting_bkn_verification"
    AWAITING_STAFFING_AUTHORITY = "awaiting_staffing_authority"
    LEFT_SERVICE = "left_service"
    NOT_PROVEN = "not_proven"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    SANCTIONED = "sanctioned"


WAITING: Final = frozenset(
    {ReferralState.FORWARDED, ReferralState.ACKNOWLEDGED, ReferralState.RELAYED}
)
"""The authority has not answered yet."""

ANSWERED: Final = frozenset({ReferralState.FOLLOWED_UP, ReferralState.NOT_FOLLOWED_UP})

_ACTED_ON: Final = frozenset(
    {FollowUpStatus.LEFT_SERVICE, FollowUpStatus.NOT_PROVEN, FollowUpStatus.SANCTIONED}
)
FINAL: Final = _ACTED_ON | {FollowUpStatus.CANCELLED, FollowUpStatus.REJECTED}
"""Nothing more is awaited for this person."""


def outcome_of(statuses: Collection[FollowUpStatus | None]) -> ReferralState | None:
    """What a referral has come to; None while one of its persons still waits, or it names none.

    The authority acted where it decided on one person at least, whatever it decided.
    """
    if not statuses or any(each not in FINAL for each in statuses):
        return None
    acted = any(each in _ACTED_ON for each in statuses)
    return ReferralState.FOLLOWED_UP if acted else ReferralState.NOT_FOLLOWED_UP


def state_of_case(states: Iterable[ReferralState], *, all_forwarded: bool) -> State:
    """Where a case stands after what its referrals have come to; those that were forwarded again
    after a return are left out by the caller.

    A return calls the holder, whatever else still waits.
    """
    present = frozenset(states)
    if ReferralState.RETURNED in present:
        return State.RETURNED
    if present & WAITING or not all_forwarded:
        return State.FORWARDED
    followed = ReferralState.FOLLOWED_UP in present
    return State.FOLLOWED_UP if followed else State.NOT_FOLLOWED_UP


STATES: Final[Mapping[StrEnum, Text]] = {
    ReferralState.FORWARDED: Text("Diteruskan", "Forwarded"),
    ReferralState.ACKNOWLEDGED: Text("Diterima instansi", "Acknowledged"),
    ReferralState.RELAYED: Text("Diteruskan ke PPK", "Relayed to the staffing authority"),
    ReferralState.RETURNED: Text("Dikembalikan", "Returned"),
    ReferralState.FOLLOWED_UP: Text("Ditindaklanjuti", "Followed up"),
    ReferralState.NOT_FOLLOWED_UP: Text("Tidak ditindaklanjuti", "Not followed up"),
}
STATUSES: Final[Mapping[StrEnum, Text]] = {
    FollowUpStatus.AWAITING_BKN_VERIFICATION: Text(
        "Menunggu verifikasi BKN", "Waiting for the verification of BKN"
    ),
    FollowUpStatus.AWAITING_STAFFING_AUTHORITY: Text(
        "Menunggu PPK", "Waiting for the staffing authority"
    ),
    FollowUpStatus.LEFT_SERVICE: Text(
        "Sudah pensiun, berhenti, atau diberhentikan", "Has retired, resigned or been dismissed"
    ),
    FollowUpStatus.NOT_PROVEN: Text("Tidak terbukti", "Not proven"),
    FollowUpStatus.CANCELLED: Text("Dibatalkan", "Cancelled"),
    FollowUpStatus.REJECTED: Text("Ditolak setelah ditelaah", "Rejected after review"),
    FollowUpStatus.SANCTIONED: Text("Dijatuhi sanksi", "Sanctioned"),
}
