"""What an addressed office owes, until when, and how far a circular has come."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from app.core.errors import Conflict, Fault, Invalid, NotAllowed, WrongCredential
from app.core.texts import Text

LEAST_DAYS: Final = 3
"""Our policy: who was told late has so many days for everything, or would be late at once."""
_DIGITS: Final = 4


class AddresseeState(StrEnum):
    """How far one addressed office is."""

    ADDRESSED = "addressed"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


class Figures(NamedTuple):
    """What is counted of some offices."""

    addressed: int = 0
    acknowledged: int = 0
    forwarded: int = 0
    obligations: int = 0
    done: int = 0
    overdue: int = 0


class NotInForce(Conflict):
    """Nobody owes anything for a circular that was taken out of force."""

    code = "circular-not-in-force"
    text = Text("Surat edaran ini tidak berlaku lagi.", "This circular is in force no more.")


class AlreadyReported(Conflict):
    """What was reported stays as it was reported."""

    code = "obligation-reported"
    text = Text("Kewajiban ini sudah dilaporkan.", "This obligation was reported already.")


class NotAddressee(NotAllowed):
    """Others see how far an office is; only its own officers answer for it."""

    code = "not-the-addressee"
    text = Text(
        "Hanya petugas kantor yang dituju yang dapat melakukan ini.",
        "Only an officer of the addressed office may do this.",
    )


class NoCode(Conflict):
    code = "addressee-registered"
    text = Text(
        "Kantor ini terdaftar: petugasnya menjawab dengan akunnya, tanpa kode.",
        "This office is registered: its officers answer by their accounts, without a code.",
    )


class ReminderUnavailable(Conflict):
    """No address is kept that nothing could ever be sent to."""

    code = "reminder-unavailable"
    text = Text(
        "Layanan ini tidak mengirim surel; alamat kantor tidak disimpan.",
        "This service sends no e-mail; the address of the office was not kept.",
    )


class WrongAddresseeCode(WrongCredential):
    code = "wrong-addressee-code"
    text = Text(
        "Kode edaran tidak ada atau tidak berlaku.",
        "The code of the circular is missing or invalid.",
    )


def next_due(
    *,
    acknowledged: bool,
    acknowledge_by: date | None,
    undone: Iterable[date | None],
    addressed_on: date,
    is_forwarded: bool,
) -> date | None:
    """The day by which the office owes its next step; None where no day was set or all is done.

    Whom the issuer addressed in time keeps the day of the letter, however near it is.
    """
    days = [day for day in undone if day is not None]
    if not acknowledged and acknowledge_by is not None:
        days.append(acknowledge_by)
    if not days:
        return None
    due = min(days)
    is_told_late = is_forwarded or due < addressed_on
    return max(due, addressed_on + timedelta(days=LEAST_DAYS)) if is_told_late else due


def is_overdue(due_on: date | None, today: date) -> bool:
    """The whole last day is still in time."""
    return due_on is not None and due_on < today


def state_of(*, acknowledged: bool, done: int, obligations: int) -> AddresseeState:
    if not acknowledged:
        return AddresseeState.ADDRESSED
    return AddresseeState.DONE if done >= obligations else AddresseeState.ACKNOWLEDGED


def rate(part: int, whole: int) -> float | None:
    """A share from 0 to 1, rounded; None of nothing."""
    return round(part / whole, _DIGITS) if whole else None


def added_up(figures: Iterable[Figures]) -> Figures:
    return Figures(*map(sum, zip(Figures(), *figures, strict=True)))


def check_done_on(done_on: date, days: Mapping[str, date]) -> None:
    """Done between the letter and today."""
    if not days["since"] <= done_on <= days["today"]:
        raise Invalid(
            Fault(
                "/done_on",
                "day-implausible",
                Text(
                    "Hari ini mendahului tanggal surat, atau belum tiba.",
                    "This day lies before the date of the letter, or has not come.",
                ),
            )
        )
