"""How a case changes hands between offices."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict
from app.core.places import NATION, area_of, lies_in
from app.core.texts import Text
from app.regions.rules import ancestors

ANSWER_WITHIN: Final = timedelta(days=2)
"""Our policy where no rule of the clocks sets one: a handling of three days waits no longer."""

_SHORTEST: Final = timedelta(microseconds=1)


class CustodyReason(StrEnum):
    """Why an office holds a case (domain: pelimpahan, pengambilalihan)."""

    OPENED = "opened"
    TRANSFERRED = "transferred"
    TAKEN_OVER = "taken_over"


class OfferState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"
    EXPIRED = "expired"


CUSTODY_REASONS: Final[Mapping[StrEnum, Text]] = {
    CustodyReason.OPENED: Text("Dibuka di kantor ini", "Opened here"),
    CustodyReason.TRANSFERRED: Text("Dilimpahkan", "Transferred"),
    CustodyReason.TAKEN_OVER: Text("Diambil alih", "Taken over"),
}
OFFER_STATES: Final[Mapping[StrEnum, Text]] = {
    OfferState.OFFERED: Text("Ditawarkan", "Offered"),
    OfferState.ACCEPTED: Text("Diterima", "Accepted"),
    OfferState.REJECTED: Text("Ditolak", "Rejected"),
    OfferState.RETRACTED: Text("Ditarik kembali", "Retracted"),
    OfferState.EXPIRED: Text("Tidak dijawab sampai batas waktu", "Not answered in time"),
}


class TransferSettled(Conflict):
    """An offer is answered or taken back once, and in time."""

    code = "transfer-settled"
    text = Text(
        "Pelimpahan ini sudah dijawab, ditarik kembali, atau melewati batas waktu.",
        "This transfer was answered, taken back, or is out of time.",
    )


class HolderChanged(Conflict):
    """Whoever takes a case over must know from whom."""

    code = "holder-changed"
    text = Text(
        "Pemegang perkara ini baru saja berganti; baca lagi, lalu putuskan.",
        "The holder of this case has just changed; read it again, and decide then.",
    )


def is_above(office: str, other: str) -> bool:
    """Whether an office oversees another one of Bawaslu, each by the code of its region."""
    return office != other and lies_in(other, area_of(office))


def above_of(office: str) -> list[str]:
    """The codes of the regions whose offices oversee an office, by the code of its region."""
    return [] if office == NATION else [NATION, *ancestors(office)]


def may_receive(office: str, holder: str, places: Collection[str]) -> bool:
    """Whether an office of Bawaslu, by the code of its region, can be offered a case.

    A superior or subordinate of the holder by its level; any other one where it happened there.
    """
    if office == holder:
        return False
    if is_above(office, holder) or is_above(holder, office):
        return True
    return any(lies_in(place, office) for place in places)


def is_waiting(state: OfferState, expires_at: datetime, now: datetime) -> bool:
    """Whether an offer can still be answered; at its last moment it cannot."""
    return state is OfferState.OFFERED and now < expires_at


def moment_after(since: datetime, now: datetime) -> datetime:
    """When a link of the chain ends: now, and never before it has begun."""
    return max(now, since + _SHORTEST)
