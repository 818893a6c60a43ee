"""What a letter that leaves the house must be."""

from datetime import date
from typing import Final

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text


class AlreadyForwarded(Conflict):
    code = "already-forwarded"
    text = Text(
        "Perkara ini sudah diteruskan ke instansi itu untuk orang yang sama.",
        "This was forwarded to that authority for the same person before.",
    )


NOT_DECIDED: Final = Fault(
    "/category",
    "not-decided",
    Text("Pleno tidak memutuskan kategori ini.", "The plenary did not decide this category."),
)
UNKNOWN_PERSON: Final = Fault(
    "/person_ids",
    "unknown-person",
    Text(
        "Ada orang yang tidak termasuk dalam keputusan kategori ini.",
        "The decision of this category does not concern all of these persons.",
    ),
)
UNKNOWN_OFFICE: Final = Fault(
    "/office_id", "unknown-office", Text("Kantor tidak ditemukan.", "There is no such office.")
)
WRONG_OFFICE: Final = Fault(
    "/office_id",
    "wrong-office",
    Text("Kantor ini bukan kantor instansi itu.", "This is no office of that authority."),
)
UNKNOWN_RECEIVER: Final = Fault("/to_office_id", "unknown-office", UNKNOWN_OFFICE.message)
NO_PERSONNEL_AGENCY: Final = Fault(
    "/to_office_id",
    "wrong-office",
    Text(
        "Kantor ini bukan BKD/BKPSDM.", "This is not the personnel agency of a staffing authority."
    ),
)


_WALLED_OFF: Final = Text(
    "Kantor ini tempat kerja terlapor, sehingga tidak melihat perkara ini; kirim surat saja.",
    "A reported person works for this office, which does not see the case; send paper alone.",
)
WALLED_OFFICE: Final = Fault("/office_id", "walled-off", _WALLED_OFF)
WALLED_RECEIVER: Final = Fault("/to_office_id", "walled-off", _WALLED_OFF)


def check_letter(letter_on: date, decided_on: date, today: date) -> None:
    """A letter is written after the decision that it forwards, and not tomorrow."""
    if letter_on > today:
        raise Invalid(_of("in-the-future", "di masa depan", "in the future"))
    if letter_on < decided_on:
        raise Invalid(_of("before-decision", "sebelum pleno", "before the plenary"))


def check_day(day: date, today: date, pointer: str) -> None:
    if day > today:
        raise Invalid(
            Fault(
                pointer,
                "in-the-future",
                Text("Tanggal ini di masa depan.", "This day lies in the future."),
            )
        )


def _of(code: str, indonesian: str, english: str) -> Fault:
    said = Text(f"Tanggal surat {indonesian}.", f"The day of the letter lies {english}.")
    return Fault("/letter_on", code, said)
