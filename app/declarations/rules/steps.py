"""Which step a declaration allows, and when people can sign it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.core.errors import Conflict
from app.core.texts import Text
from app.declarations.rules.kinds import Status

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.OPEN, Status.CANCELLED}),
    Status.OPEN: frozenset({Status.HELD, Status.CLOSED, Status.CANCELLED}),
    Status.HELD: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.PARTLY_SIGNED: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.COMPLETE: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}

"""The steps that an officer takes; the three states of a held declaration follow each other as its
roster is signed, by `after_signing`."""

HELD: Final = frozenset({Status.HELD, Status.PARTLY_SIGNED, Status.COMPLETE})
TAKES_SIGNATURES: Final = HELD | {Status.OPEN}
TAKES_TARGETS: Final = TAKES_SIGNATURES | {Status.PLANNED}


class StepRefused(Conflict):
    code = "declaration-step-refused"
    text = Text(
        "Langkah ini tidak mungkin pada status deklarasi sekarang.",
        "The status of the declaration does not allow this step.",
    )


class Fixed(Conflict):
    """What people sign does not change under their hands."""

    code = "declaration-fixed"
    text = Text(
        "Isi deklarasi hanya dapat diubah sebelum dibuka untuk ditandatangani.",
        "The content of a declaration changes only before it opens for signing.",
    )


class NotOpen(Conflict):
    code = "declaration-not-open"
    text = Text(
        "Deklarasi ini tidak sedang dibuka untuk ditandatangani.",
        "This declaration is not open for signing.",
    )


class NotHeldYet(Conflict):
    """A ceremony is recorded when it is over."""

    code = "declaration-not-held-yet"
    text = Text(
        "Hari pelaksanaan ini belum tiba di zona waktu penyelenggara.",
        "This day is still to come where the organiser is.",
    )


class ReasonMissing(Conflict):
    """Those who signed may ask why it counts no more."""

    code = "cancellation-needs-reason"
    text = Text(
        "Sudah ada yang menandatangani: sebutkan alasan pembatalan.",
        "People have signed already: give the reason of the cancellation.",
    )


class RosterFixed(Conflict):
    code = "roster-fixed"
    text = Text(
        "Daftar wajib tanda tangan tidak berubah lagi setelah deklarasi berakhir.",
        "Who should sign does not change after a declaration has ended.",
    )


class AlreadySigned(Conflict):
    code = "already-signed"
    text = Text(
        "Orang ini sudah menandatangani deklarasi ini; tanda tangannya dihitung satu kali.",
        "This person has signed this declaration already; the signature counts once.",
    )


def step(now: Status, wanted: Status) -> Status:
    """Return the new status, or refuse the step."""
    if wanted not in NEXT[now]:
        raise StepRefused
    return wanted


def accept_change(now: Status) -> None:
    """Refuse to change what is already being signed, or no longer is."""
    if now is not Status.PLANNED:
        raise Fixed


def accept_signature(now: Status) -> None:
    """Refuse a signature that comes before the opening or after the end."""
    if now not in TAKES_SIGNATURES:
        raise NotOpen


def accept_roster(now: Status) -> None:
    """Refuse to change who should sign once nobody can."""
    if now not in TAKES_TARGETS:
        raise RosterFixed


def accept_holding(held_on: date, today: date) -> None:
    """Refuse a ceremony of a day that is still to come, by the calendar of the organiser."""
    if held_on > today:
        raise NotHeldYet


def accept_cancellation(reason: str | None, *, was_signed: bool) -> None:
    """Refuse to cancel what was signed without a word."""
    if was_signed and reason is None:
        raise ReasonMissing


def after_signing(now: Status, signed: int, targets: int) -> Status:
    """The state of a declaration of whose roster so many have signed; before it is held, and where
    nobody is named, it stays as it is."""
    if now not in HELD or not targets:
        return now
    if signed >= targets:
        return Status.COMPLETE
    return Status.PARTLY_SIGNED if signed else Status.HELD


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    return valid_from <= on <= (valid_to or date.max)
