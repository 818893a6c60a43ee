"""Why something that a door saw does not count; it is kept, so that nobody who came is lost."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

from app.core.errors import Conflict, DomainError, Fault, Invalid
from app.core.texts import Text


class ScanFault(StrEnum):
    """What is wrong with something that a door saw."""

    UNKNOWN_TICKET = "unknown_ticket"
    REVOKED_TICKET = "revoked_ticket"
    OTHER_EVENT = "other_event"
    WRONG_DAY = "wrong_day"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_INVITATION = "unknown_invitation"
    OTHER_MODE = "other_mode"
    UNINVITED_DEPUTY = "uninvited_deputy"
    WRONG_NONCE = "wrong_nonce"
    USED_NONCE = "used_nonce"


NUMBERLESS: Final = frozenset({ScanFault.WRONG_NONCE, ScanFault.USED_NONCE})
"""The number of such a scan belongs to another one, or to none."""


class ScanRefused(DomainError):
    """What was seen counts for nothing; it is kept as a failed scan, whoever it was."""

    fault: ClassVar[ScanFault]


class UnknownTicket(ScanRefused, Conflict):
    code = "unknown-ticket"
    fault = ScanFault.UNKNOWN_TICKET
    text = Text("Ini bukan tiket kami.", "This is no ticket of ours.")


class RevokedTicket(ScanRefused, Conflict):
    code = "revoked-ticket"
    fault = ScanFault.REVOKED_TICKET
    text = Text(
        "Tiket ini sudah dicabut atau diganti, atau undangannya ditarik.",
        "This ticket was revoked or replaced by another, or its invitation was withdrawn.",
    )


class OtherEvent(ScanRefused, Conflict):
    code = "other-event"
    fault = ScanFault.OTHER_EVENT
    text = Text("Tiket ini untuk kegiatan lain.", "This is a ticket of another event.")


class WrongDay(ScanRefused, Conflict):
    code = "wrong-day"
    fault = ScanFault.WRONG_DAY
    text = Text(
        "Di luar hari kegiatan; periksa tanggal pada jam perangkat.",
        "Not on a day of the event; check the date of the device's clock.",
    )


class OtherMode(ScanRefused, Conflict):
    code = "other-mode"
    fault = ScanFault.OTHER_MODE
    text = Text(
        "Kegiatan ini tidak diadakan dengan cara itu (tatap muka atau daring).",
        "This event is not held that way, on site or online.",
    )


class UninvitedDeputy(ScanRefused, Conflict):
    code = "uninvited-deputy"
    fault = ScanFault.UNINVITED_DEPUTY
    text = Text(
        "Wakil hanya bagi kantor yang diundang; catat sebagai hadir tanpa undangan.",
        "Only an office that was invited sends a deputy; write down a walk-in.",
    )


class WrongNonce(ScanRefused, Conflict):
    code = "check-in-nonce-wrong"
    fault = ScanFault.WRONG_NONCE
    text = Text(
        "Nonce ini bukan milik perangkat dan nomor urut itu.",
        "This nonce does not belong to that device and sequence number.",
    )


class UsedNonce(ScanRefused, Conflict):
    code = "check-in-nonce-used"
    fault = ScanFault.USED_NONCE
    text = Text(
        "Nomor urut perangkat ini sudah dipakai untuk pemindaian lain.",
        "This number of the device was used for another scan.",
    )


class _Unknown(ScanRefused, Invalid):
    """It names something that is not of this event."""

    pointer: ClassVar[str]

    def __init__(self) -> None:
        Invalid.__init__(
            self,
            Fault(
                self.pointer,
                "unknown",
                Text("Tidak ada di kegiatan ini.", "There is no such thing at this event."),
            ),
        )


class UnknownSession(_Unknown):
    fault = ScanFault.UNKNOWN_SESSION
    pointer = "/session_id"


class UnknownInvitation(_Unknown):
    fault = ScanFault.UNKNOWN_INVITATION
    pointer = "/invitation_id"


REFUSALS: Final[Mapping[ScanFault, type[ScanRefused]]] = {
    each.fault: each
    for each in (
        UnknownTicket,
        RevokedTicket,
        OtherEvent,
        WrongDay,
        UnknownSession,
        UnknownInvitation,
        OtherMode,
        UninvitedDeputy,
        WrongNonce,
        UsedNonce,
    )
}
