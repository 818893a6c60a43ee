"""Collecting signatures in a room without network: for how long, under which numbers, and when
what was collected may still arrive."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.core.errors import Conflict
from app.core.places import area_of, lies_in
from app.core.texts import Text
from app.declarations.rules import steps
from app.declarations.rules.kinds import Method, Status

MOST_ITEMS: Final = 500
MOST_TARGETS: Final = 5_000
"""Persons whom one device may carry about; a lost one loses no more."""
LONGEST: Final = timedelta(hours=72)
LATE: Final = timedelta(hours=72)
"""How long after the closing what was captured before it may still arrive: a weekend, and the way
back from where there is no network."""
SKEW: Final = timedelta(minutes=5)
"""By how much the clock of a device may differ from ours after it was set by the bundle."""
AHEAD: Final = timedelta(days=1)
"""The same for a phone of somebody, which nobody has set: a wrong time zone is less."""
_NONCE_BYTES: Final = 16
ON_A_DEVICE: Final = frozenset({Method.CLICK, Method.DRAWN})


class DeviceRevoked(Conflict):
    code = "device-revoked"
    text = Text(
        "Perangkat ini sudah dicabut oleh penyelenggara.",
        "The organiser has revoked this device.",
    )


class DeviceExpired(Conflict):
    code = "device-expired"
    text = Text(
        "Masa berlaku perangkat ini sudah berakhir; penyelenggara dapat mengirim isinya.",
        "This device has expired; the organiser can send what it holds.",
    )


class RosterTooLarge(Conflict):
    code = "roster-too-large"
    text = Text(
        f"Lebih dari {MOST_TARGETS} orang; pilih kantor atau wilayah untuk perangkat ini.",
        f"More than {MOST_TARGETS} persons; choose offices or regions for this device.",
    )


class DeviceNeeded(Conflict):
    code = "device-needed"
    text = Text(
        "Tanda tangan di layar memerlukan perangkat, nomor urut, dan nonce.",
        "A signature on a screen needs a device, its sequence number and its nonce.",
    )


class PaperNeeded(Conflict):
    code = "paper-needed"
    text = Text(
        "Cara ini dicatat oleh petugas penyelenggara, dengan menyebut berkas buktinya.",
        "This method is recorded by an officer of the organiser, who names the file.",
    )


class NonceWrong(Conflict):
    code = "nonce-wrong"
    text = Text(
        "Nonce ini bukan milik perangkat dan nomor urut itu.",
        "This nonce does not belong to that device and sequence number.",
    )


class NonceUsed(Conflict):
    code = "nonce-used"
    text = Text(
        "Nonce ini sudah dipakai untuk tanda tangan lain.",
        "This nonce was used for another signature.",
    )


class CapturedInFuture(Conflict):
    """Refused for now, not for ever: the same item is taken once that moment has passed."""

    code = "captured-in-future"
    text = Text(
        "Waktu tanda tangan ini belum tiba; periksa jam perangkat, lalu kirim lagi nanti.",
        "This signature lies in the future; check the clock of the device and send it later.",
    )


class CapturedOutside(Conflict):
    code = "captured-outside-bundle"
    text = Text(
        "Waktu tanda tangan ini di luar masa berlaku paket perangkat.",
        "This signature was captured outside the validity of the bundle.",
    )


class OutsideBundle(Conflict):
    """Refused to the device alone: an officer of the organiser can send the same item."""

    code = "outside-bundle"
    text = Text(
        "Wilayah atau kantor ini di luar paket perangkat; petugas penyelenggara dapat mengirimnya.",
        "The bundle does not cover this region or office; an officer of the organiser can send it.",
    )


class TooLate(Conflict):
    code = "too-late"
    text = Text(
        "Deklarasi sudah lama ditutup; tanda tangan ini tidak dapat lagi diterima.",
        "The declaration closed too long ago for this signature to be taken.",
    )


@dataclass(frozen=True)
class Validity:
    """From when until when a device may collect."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Reach:
    """Whom a device may let sign: those of the declaration's region whom its bundle covers."""

    region_code: str
    regions: Sequence[str]
    offices: Sequence[str]

    def covers_region(self, code: str) -> bool:
        chosen = self.regions or (self.region_code,)
        here = lies_in(code, area_of(self.region_code))
        return here and any(lies_in(code, area_of(each)) for each in chosen)

    def covers_office(self, office: str) -> bool:
        return not self.offices or office in self.offices


@dataclass(frozen=True)
class Phase:
    """How a declaration stands now, and when it was closed."""

    status: Status
    closed_at: datetime | None


def nonce_of(secret: bytes, sequence: int) -> str:
    """The nonce of the nth signature on a device: 16 bytes of HMAC-SHA256 over
    `netra-nonce/1 <n>`, in base64url without padding."""
    mac = hmac.new(secret, f"netra-nonce/1 {sequence}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:_NONCE_BYTES]).rstrip(b"=").decode()


def accept_nonce(secret: bytes, sequence: int, nonce: str) -> None:
    if not hmac.compare_digest(nonce_of(secret, sequence).encode(), nonce.encode()):
        raise NonceWrong


def accept_origin(method: Method, *, on_device: bool, on_paper: bool) -> None:
    """A screen needs a device, and everything else the file in which it can be seen."""
    if method in ON_A_DEVICE and (not on_device or on_paper):
        raise DeviceNeeded
    if method not in ON_A_DEVICE and (on_device or not on_paper):
        raise PaperNeeded


def accept_moment(captured_at: datetime, validity: Validity, now: datetime) -> None:
    """Refuse what a device cannot have collected under its bundle, by a clock that it had set."""
    if not validity.since - SKEW <= captured_at <= validity.until + SKEW:
        raise CapturedOutside
    if captured_at > now + SKEW:
        raise CapturedInFuture


def accept_phase(phase: Phase, captured_at: datetime | None, now: datetime) -> None:
    """Take what comes while people may sign, and for some days what they signed before the end."""
    if phase.status is not Status.CLOSED or phase.closed_at is None:
        steps.accept_signature(phase.status)
        return
    if captured_at is None or captured_at >= phase.closed_at:
        raise steps.NotOpen
    if now > phase.closed_at + LATE:
        raise TooLate


def accept_device(until: datetime, revoked_at: datetime | None, now: datetime) -> None:
    """Refuse the credential of a device that was lost, or whose time is over."""
    if revoked_at is not None:
        raise DeviceRevoked
    if now > until:
        raise DeviceExpired


def accept_target(reach: Reach | None, region_code: str, office: str) -> None:
    """Refuse a device whose bundle does not name them; an officer has no such bounds."""
    if reach is not None and not (reach.covers_region(region_code) and reach.covers_office(office)):
        raise OutsideBundle


def accept_guest(reach: Reach | None, region_code: str) -> None:
    """The same for who is on no roster: offices that people type are no list to hold them to."""
    if reach is not None and not reach.covers_region(region_code):
        raise OutsideBundle


def device_message(device_id: UUID) -> bytes:
    """What our key signs to make the secret from which the nonces of a device come."""
    return b"device" + device_id.bytes


def accept_own_moment(captured_at: datetime | None, now: datetime) -> None:
    """Refuse the clock of a phone that is ahead by more than `AHEAD`."""
    if captured_at is not None and captured_at > now + AHEAD:
        raise CapturedInFuture
