"""How a case changes hands between offices."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


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
