"""What a device may bring from the door of an event: tickets, and scans that failed."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from app.core.errors import Conflict, RuleBroken
from app.core.texts import Text
from app.rakor.rules.attendance import InvitationSeat
from app.rakor.rules.events import Stage, day_of

MOST_ITEMS: Final = 500
DOORS_OPEN: Final = frozenset({Stage.PUBLISHED, Stage.HELD})
"""From when until when there are tickets, and bundles to check them by."""
SKEW: Final = timedelta(minutes=5)
"""By how much the clock of a device may differ from ours after it was set by the bundle."""
_NONCE_BYTES: Final = 16


class ScanFault(StrEnum):
    """Why the door stayed closed to what was scanned."""

    UNKNOWN_TICKET = "unknown_ticket"
    REVOKED_TICKET = "revoked_ticket"
    OTHER_EVENT = "other_event"
    WRONG_DAY = "wrong_day"


class ScanRefused(Conflict):
    """What was scanned opens nothing; it is kept as a failed scan."""

    fault: ClassVar[ScanFault]


class UnknownTicket(ScanRefused):
    code = "unknown-ticket"
    fault = ScanFault.UNKNOWN_TICKET
    text = Text("Ini bukan tiket kami.", "This is no ticket of ours.")


class RevokedTicket(ScanRefused):
    code = "revoked-ticket"
    fault = ScanFault.REVOKED_TICKET
    text = Text(
        "Tiket ini sudah dicabut atau diganti.", "This ticket was revoked or replaced by another."
    )


class OtherEvent(ScanRefused):
    code = "other-event"
    fault = ScanFault.OTHER_EVENT
    text = Text("Tiket ini untuk kegiatan lain.", "This is a ticket of another event.")


class WrongDay(ScanRefused):
    code = "wrong-day"
    fault = ScanFault.WRONG_DAY
    text = Text(
        "Di luar hari kegiatan; periksa tanggal pada jam perangkat.",
        "Not on a day of the event; check the date of the device's clock.",
    )


class CapturedAhead(Conflict):
    """Refused for now, not for ever: the same item is taken once that moment has passed."""

    code = "check-in-in-future"
    text = Text(
        "Waktu pemindaian ini belum tiba; periksa jam perangkat, lalu kirim lagi nanti.",
        "This scan lies in the future; check the clock of the device and send it later.",
    )


class WrongNonce(Conflict):
    code = "check-in-nonce-wrong"
    text = Text(
        "Nonce ini bukan milik perangkat dan nomor urut itu.",
        "This nonce does not belong to that device and sequence number.",
    )


class UsedNonce(Conflict):
    code = "check-in-nonce-used"
    text = Text(
        "Nomor urut perangkat ini sudah dipakai untuk pemindaian lain.",
        "This number of the device was used for another scan.",
    )


class EventDeviceRevoked(Conflict):
    code = "event-device-revoked"
    text = Text(
        "Perangkat ini sudah dicabut oleh penyelenggara.",
        "The organiser has revoked this device.",
    )


class NoSeat(Conflict):
    code = "ticket-without-seat"
    text = Text(
        "Tiket hanya bagi yang menjawab hadir atau mewakilkan dan mendapat tempat.",
        "Only who answered to come, or to send a deputy, and has a seat, has a ticket.",
    )


REFUSALS: Final[Mapping[ScanFault, type[ScanRefused]]] = {
    each.fault: each for each in (UnknownTicket, RevokedTicket, OtherEvent, WrongDay)
}


@dataclass(frozen=True)
class Ticket:
    """What a ticket says: which it is, of which event, and of which invitation."""

    id: UUID
    event_id: UUID
    invitation_id: UUID


@dataclass(frozen=True)
class IssuedTicket:
    """A ticket as we know it."""

    invitation_id: UUID
    revoked_at: datetime | None


def check_holder(seat: InvitationSeat | None, withdrawn_at: datetime | None) -> None:
    """Who declined, waits, has not answered or is no longer invited has no ticket."""
    if withdrawn_at is not None:
        raise RevokedTicket
    if seat is not InvitationSeat.HELD:
        raise NoSeat


def check_ticket(
    ticket: Ticket | None, event_id: UUID, issued: IssuedTicket | None, captured_at: datetime
) -> UUID:
    """The invitation behind a ticket; what was scanned before it was revoked still counts."""
    if ticket is None:
        raise UnknownTicket
    if ticket.event_id != event_id:
        raise OtherEvent
    if issued is None:
        raise UnknownTicket
    if issued.revoked_at is not None and issued.revoked_at <= captured_at:
        raise RevokedTicket
    return issued.invitation_id


def check_day(captured_at: datetime, days: tuple[date, date], zone: str) -> None:
    """Tickets hold on the days of the event, as its venue counts them."""
    if not days[0] <= day_of(captured_at, zone) <= days[1]:
        raise WrongDay


def check_moment(captured_at: datetime, now: datetime) -> None:
    if captured_at > now + SKEW:
        raise CapturedAhead


def nonce_of(secret: bytes, sequence: int) -> str:
    """The nonce of the nth scan of a device: 16 bytes of HMAC-SHA256 over
    `netra-scan/1 <n>`, in base64url without padding."""
    mac = hmac.new(secret, f"netra-scan/1 {sequence}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:_NONCE_BYTES]).rstrip(b"=").decode()


def check_nonce(secret: bytes, sequence: int | None, nonce: str | None) -> None:
    """Each item of a device has a number and the nonce that only this device has for it."""
    if sequence is None or nonce is None:
        raise WrongNonce
    if not hmac.compare_digest(nonce_of(secret, sequence).encode(), nonce.encode()):
        raise WrongNonce


def check_name(name: str | None, *, is_walk_in: bool) -> None:
    """Of who was invited the office is known, and that is enough."""
    if name is not None and not is_walk_in:
        raise RuleBroken(
            "name-of-walk-in",
            Text(
                "Nama hanya bagi yang datang tanpa undangan.",
                "A name goes only with who came without an invitation.",
            ),
        )


def check_sources(*, ticket: bool, invitation: bool, walk_in: bool, failed: bool) -> None:
    """An item is one of four: a ticket, a name on the list, a walk-in, or a scan that failed."""
    if ticket + invitation + walk_in + failed != 1:
        raise RuleBroken(
            "one-source",
            Text(
                "Isi salah satu: tiket, undangan, kantor dan jabatan, atau hash dan alasan gagal.",
                "Give one of: ticket, invitation, office and post, or the hash and why it failed.",
            ),
        )


def check_whole(*parts: object) -> bool:
    """Whether these parts, which go together, are there; half of them is a fault."""
    there = [each is not None for each in parts]
    if any(there) and not all(there):
        raise RuleBroken(
            "goes-together",
            Text(
                "Isi keduanya: kantor dan jabatan; hash dan alasan; nomor urut dan nonce.",
                "Give both: office and post; hash and reason; sequence and nonce.",
            ),
        )
    return all(there)
