"""Whom a clarification hears."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.texts import Text


class Party(StrEnum):
    REPORTER = "reporter"
    FINDER = "finder"
    REPORTED = "reported"
    WITNESS = "witness"
    EXPERT = "expert"


PARTIES: Final[Mapping[StrEnum, Text]] = {
    Party.REPORTER: Text("Pelapor", "Reporter"),
    Party.FINDER: Text("Penemu", "Finder"),
    Party.REPORTED: Text("Terlapor", "Reported person"),
    Party.WITNESS: Text("Saksi", "Witness"),
    Party.EXPERT: Text("Ahli", "Expert"),
}
