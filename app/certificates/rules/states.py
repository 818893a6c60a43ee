"""What a verification says of a paper."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from app.core.texts import Text


class PaperState(StrEnum):
    """Whether what the paper says still holds; a code that we did not write has no state."""

    VALID = "valid"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"
    REVOKED = "revoked"
    REPLACED = "replaced"


STATES: Mapping[StrEnum, Text] = {
    PaperState.VALID: Text("Sah", "Valid"),
    PaperState.WAITING: Text(
        "Tercatat, belum diperiksa penyelenggara", "Recorded, not checked by the organiser yet"
    ),
    PaperState.WITHDRAWN: Text("Ditarik kembali", "Withdrawn"),
    PaperState.INVALIDATED: Text("Dinyatakan tidak sah", "Invalidated"),
    PaperState.REVOKED: Text("Dicabut penerbitnya", "Revoked by its issuer"),
    PaperState.REPLACED: Text("Diganti surat yang baru", "Replaced by a new paper"),
}

LABELS: Mapping[str, Mapping[StrEnum, Text]] = {"paper_state": STATES}


def same_name(one: str, other: str) -> bool:
    """Whether two people would read the same name: case, accents, points and spaces are nothing."""
    return _letters(one) == _letters(other) != ""


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in plain if each.isalnum())
