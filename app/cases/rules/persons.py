"""Who of those that reports name is one and the same person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, Fault
from app.core.texts import Text

_NOT_OF_CASE: Final = Text(
    "Ini bukan terlapor perkara ini.", "This is no reported person of the case."
)
UNKNOWN_OFFICE: Final = Fault(
    "/office_id", "unknown-office", Text("Kantor tidak ditemukan.", "There is no such office.")
)


class RecordedAsSame(Conflict):
    """The two are one already, by whatever way."""

    code = "recorded-as-same"
    text = Text(
        "Keduanya sudah dicatat sebagai orang yang sama.",
        "The two are recorded as one person already.",
    )


class NotSamePerson(Conflict):
    code = "not-same-person"
    text = Text(
        "Orang ini tidak dicatat sama dengan orang lain.",
        "This person is not recorded as the same as another.",
    )


class StandsForOthers(Conflict):
    """Others were recorded as the same person as this one, and would be lost with it."""

    code = "stands-for-others"
    text = Text(
        "Orang lain dicatat sama dengan orang ini; pisahkan dahulu.",
        "Others are recorded as the same as this person; take that back first.",
    )


class LastPerson(Conflict):
    """A registered case is about somebody."""

    code = "last-person"
    text = Text(
        "Perkara yang sudah diregistrasi harus memuat sedikitnya satu terlapor.",
        "A registered case must name at least one reported person.",
    )


class StillClassified(Conflict):
    code = "still-classified"
    text = Text(
        "Perbuatan orang ini masih diklasifikasikan; batalkan dahulu.",
        "Acts of this person stand classified; take that back first.",
    )


class StillInvited(Conflict):
    code = "still-invited"
    text = Text(
        "Undangan klarifikasi orang ini belum dicatat hasilnya.",
        "A clarification with this person waits to be recorded.",
    )


@dataclass(frozen=True, kw_only=True)
class Uses:
    """What hangs on a person of a case; `is_last` is said of registered cases only."""

    stands_for_others: bool
    is_last: bool
    classifications: int
    waiting_clarifications: int


def not_of_case(pointer: str) -> Fault:
    """Whoever is named there is no reported person of the case."""
    return Fault(pointer, "not-of-this-case", _NOT_OF_CASE)


def root_of(id: UUID, same_as: Mapping[UUID, UUID | None]) -> UUID:
    """The row that stands for a person, however many rows name him."""
    while (next_id := same_as[id]) is not None:
        id = next_id
    return id


def check_same(id: UUID, other_id: UUID, same_as: Mapping[UUID, UUID | None]) -> None:
    """Refuse to say of one row that it is the same as itself, or what was said before."""
    if same_as[id] is not None or root_of(other_id, same_as) == id:
        raise RecordedAsSame


def check_removable(uses: Uses) -> None:
    """Refuse to take off whoever stands for others, is the last, or is not done with."""
    for is_so, refusal in (
        (uses.stands_for_others, StandsForOthers),
        (uses.is_last, LastPerson),
        (uses.classifications, StillClassified),
        (uses.waiting_clarifications, StillInvited),
    ):
        if is_so:
            raise refusal
