"""Who is too near to a case to see it, and how a wall is lifted."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from app.core.texts import Text

LONGEST_LIFT: Final = timedelta(hours=72)
"""Our policy: as long as an identity may stay open."""


class ConflictOrigin(StrEnum):
    """Declared by the officer himself, said of him by a member, or his office is the reported
    person's own."""

    DECLARED = "declared"
    SAID = "said"
    SAME_OFFICE = "same_office"


ORIGINS: Final[Mapping[StrEnum, Text]] = {
    ConflictOrigin.DECLARED: Text("Dinyatakan sendiri", "Declared by the officer"),
    ConflictOrigin.SAID: Text("Dinyatakan oleh anggota", "Said by a member"),
    ConflictOrigin.SAME_OFFICE: Text("Kantor terlapor", "Office of the reported person"),
}
