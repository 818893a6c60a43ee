"""What an officer says of two complaints: the same event, or not."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text


class LinkState(StrEnum):
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


LABELS: Final[Mapping[StrEnum, Text]] = {
    LinkState.CONFIRMED: Text("Peristiwa yang sama", "The same event"),
    LinkState.REJECTED: Text("Peristiwa yang berbeda", "Another event"),
}

ACTIONS: Final[Mapping[LinkState, str]] = {
    LinkState.CONFIRMED: "complaint.linked",
    LinkState.REJECTED: "complaint.link_rejected",
}
"""What the journal calls the act, in the history of both complaints."""

MOST_MEMBERS: Final = 500
"""Reports of one event that are read together; more of them are a matter of statistics."""

_SELF_LINK: Final = Fault(
    "/other_id",
    "self-link",
    Text(
        "Aduan tidak dapat ditautkan dengan dirinya sendiri.",
        "A complaint cannot be linked with itself.",
    ),
)


class NotLinked(Conflict):
    code = "not-linked"
    text = Text(
        "Kedua aduan ini tidak sedang tertaut.", "These two complaints are not linked at present."
    )


def pair_of(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """A pair in the one order in which it is stored and locked."""
    if one == other:
        raise Invalid(_SELF_LINK)
    return (one, other) if one < other else (other, one)
