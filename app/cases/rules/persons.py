"""Who of those that reports name is one and the same person."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, Fault
from app.core.texts import Text

UNKNOWN_PERSON: Final = Fault(
    "/same_as_id",
    "unknown-person",
    Text(
        "Terlapor itu tidak ada dalam perkara ini.",
        "This reported person is not in the case.",
    ),
)
UNKNOWN_OFFICE: Final = Fault(
    "/office_id", "unknown-office", Text("Kantor tidak ditemukan.", "There is no such office.")
)


class SamePerson(Conflict):
    """The two are one already, by whatever way."""

    code = "same-person"
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


def root_of(id: UUID, same_as: Mapping[UUID, UUID | None]) -> UUID:
    """The row that stands for a person, however many rows name him."""
    while (next_id := same_as[id]) is not None:
        id = next_id
    return id


def check_same(id: UUID, other_id: UUID, same_as: Mapping[UUID, UUID | None]) -> None:
    """Refuse to say of one row that it is the same as itself, or what was said before."""
    if same_as[id] is not None or root_of(other_id, same_as) == id:
        raise SamePerson


def check_removable(id: UUID, same_as: Mapping[UUID, UUID | None]) -> None:
    if id in same_as.values():
        raise StandsForOthers
