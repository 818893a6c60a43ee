"""What each office was asked to do for prevention, what it did, and what it still owes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.texts import Text
from app.regions.rules import Level

SMALLEST: Final = 5
"""The smallest count of persons that is shown (domain.md, 6.2); those below tell of somebody."""

CODE_LENGTHS: Final[Mapping[Level, int]] = {
    Level.PROVINCE: 2,
    Level.REGENCY: 5,
    Level.CITY: 5,
    Level.DISTRICT: 8,
    Level.VILLAGE: 13,
}
"""Of the official codes; a city counts as a regency, and the nation is written like a province."""


class Owed(StrEnum):
    """What an office can owe."""

    ACKNOWLEDGEMENT = "acknowledgement"
    OBLIGATION = "obligation"
    ANSWER = "answer"
    SIGNATURES = "signatures"
    FOLLOW_UP = "follow_up"


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "owed": {
        Owed.ACKNOWLEDGEMENT: Text("Menerima edaran", "Acknowledge a circular"),
        Owed.OBLIGATION: Text("Melaksanakan isi edaran", "Do what a circular asks"),
        Owed.ANSWER: Text("Menjawab undangan", "Answer an invitation"),
        Owed.SIGNATURES: Text("Menandatangani deklarasi", "Sign a declaration"),
        Owed.FOLLOW_UP: Text("Melaksanakan tindak lanjut", "Carry out a follow-up"),
    }
}

_WHERE: Final[Mapping[Owed, str]] = {
    Owed.ACKNOWLEDGEMENT: "/api/v1/circulars/{thing}/addressees/{via}/acknowledgement",
    Owed.OBLIGATION: "/api/v1/circulars/{thing}/addressees/{via}/reports",
    Owed.ANSWER: "/invitations",
    Owed.SIGNATURES: "/api/v1/declarations/{thing}/targets",
    Owed.FOLLOW_UP: "/api/v1/follow-ups/{via}",
}


def where_to(owed: Owed, thing: UUID, via: UUID) -> str:
    """The path of the operation, or of the page, by which the office does it."""
    return _WHERE[owed].format(thing=thing, via=via)


def share(part: int, whole: int) -> float | None:
    """As a fraction with three digits; of nothing there is no share."""
    return round(part / whole, 3) if whole else None


def asked(number: int, withheld: int) -> int | None:
    """How many consultations, unless a part of them is too few to be told."""
    return None if withheld else number
