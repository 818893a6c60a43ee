"""Which step a declaration allows, and when people can sign it."""

from collections.abc import Mapping
from datetime import date

from app.core.errors import Conflict
from app.core.texts import Text
from app.declarations.rules.kinds import Status

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.OPEN, Status.CANCELLED}),
    Status.OPEN: frozenset({Status.CLOSED, Status.CANCELLED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


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
    if now is not Status.OPEN:
        raise NotOpen


def is_in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    return valid_from <= on <= (valid_to or date.max)
