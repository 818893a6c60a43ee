"""The number of a case: its parts, and the text that is printed (domain.md 1.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.texts import Text
from app.elections.rules import ElectedOffice
from app.regions.rules import Level

_MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NATIONAL_CODE: Final = "00.00"
"""The office code of Bawaslu RI (seen in 021/LP/PL/RI/00.00/III/2024)."""


class NumberKind(StrEnum):
    """LP laporan, TM temuan."""

    REPORT = "LP"
    FINDING = "TM"


class ElectionType(StrEnum):
    """What is elected: PG, PB, PW in a Pilkada; PP, PL in a Pemilu."""

    GOVERNOR = "PG"
    REGENT = "PB"
    MAYOR = "PW"
    PRESIDENT = "PP"
    LEGISLATIVE = "PL"


ELECTION_TYPES: Final[Mapping[StrEnum, Text]] = {
    ElectionType.GOVERNOR: Text("Pemilihan gubernur", "Election of the governor"),
    ElectionType.REGENT: Text("Pemilihan bupati", "Election of the regent"),
    ElectionType.MAYOR: Text("Pemilihan wali kota", "Election of the mayor"),
    ElectionType.PRESIDENT: Text("Pemilu presiden", "Presidential election"),
    ElectionType.LEGISLATIVE: Text("Pemilu legislatif", "Legislative election"),
}
TYPE_OF: Final[Mapping[ElectedOffice, ElectionType]] = {
    ElectedOffice.GOVERNOR: ElectionType.GOVERNOR,
    ElectedOffice.REGENT: ElectionType.REGENT,
    ElectedOffice.MAYOR: ElectionType.MAYOR,
}
LEVELS: Final[Mapping[Level, str]] = {
    Level.NATION: "RI",
    Level.PROVINCE: "Prov",
    Level.REGENCY: "Kab",
    Level.CITY: "Kota",
    Level.DISTRICT: "Kec",
}


@dataclass(frozen=True, kw_only=True)
class Number:
    """`001/REG/LP/PB/Kab/16.09/IX/2024`, part by part."""

    sequence: int
    kind: NumberKind
    election: ElectionType
    level: Level
    office_code: str
    month: int
    year: int

    def printed(self) -> str:
        return "/".join(
            (
                f"{self.sequence:03d}",
                "REG",
                self.kind,
                self.election,
                LEVELS[self.level],
                self.office_code,
                _MONTHS[self.month - 1],
                str(self.year),
            )
        )
