"""What a device may bring from the door of an event, and what it is held against."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, RuleBroken
from app.core.texts import Text
from app.rakor.rules.attendance import AttendanceMode, InvitationSeat
from app.rakor.rules.events import Mode, Stage, day_of
from app.rakor.rules.faults import (
    OtherEvent,
    OtherMode,
    RevokedTicket,
    UninvitedDeputy,
    UnknownInvitation,
    UnknownTicket,
    WrongDay,
    WrongNonce,
)

MOST_ITEMS: Final = 500
DOORS_OPEN: Final = frozenset({Stage.PUBLISHED, Stage.HELD})
"""From when until when there are tickets, and bundles to check them by."""
SKEW: Final = timedelta(minutes=5)
"""By how much the clock of a device may differ from ours after it was set by the bundle."""
_NONCE_BYTES: Final = 16


class CapturedAhead(Conflict):
    """Refused for now, not for ever: the same item is taken once that moment has passed."""

    code = "check-in-in-future"
    text = Text(
        "Waktu pemindaian ini belum tiba; periksa jam perangkat, lalu kirim lagi nanti.",
        "This scan lies in the future; check the clock of the device and send it later.",
    )


class DeviceMissing(Conflict):
    """Nobody can tell by the number alone which device it was; with its name it is taken."""

    code = "check-in-device-missing"
    text = Text(
        "Sebutkan device_id perangkat yang memberi nomor urut ini.",
        "Name the device_id of the device that gave this number.",
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


@dataclass(frozen=True)
class Known:
    """The tickets that we know, by their ids, and when which invitation was withdrawn."""

    tickets: Mapping[UUID, IssuedTicket]
    invitations: Mapping[UUID, datetime | None]


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


def check_listed(
    invitation_id: UUID, known: Mapping[UUID, datetime | None], captured_at: datetime
) -> None:
    """Who is found on the list; `known` says when an invitation was withdrawn."""
    if invitation_id not in known:
        raise UnknownInvitation
    withdrawn_at = known[invitation_id]
    if withdrawn_at is not None and withdrawn_at <= captured_at:
        raise RevokedTicket


def check_mode(mode: AttendanceMode, held: Mode, *, is_walk_in: bool) -> None:
    """Nobody joins a meeting by a way that it does not have, nor stands for whom nobody asked."""
    if mode is AttendanceMode.REPRESENTED:
        if is_walk_in:
            raise UninvitedDeputy
    elif held is not Mode.BOTH and mode != held.value:
        raise OtherMode


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
