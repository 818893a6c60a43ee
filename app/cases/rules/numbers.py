"""The number of a case: its parts, and the text that is printed (domain.md 1.9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.complaints.rules.legacy import MONTHS, parts_of
from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.elections.rules import ElectedOffice, Regime
from app.regions.rules import Level, level_of, placement_code

LAST_SEQUENCE: Final = 9_999
"""The grammar has four places."""
NATIONAL_CODE: Final = "00.00"
"""The office code of Bawaslu RI (seen in 021/LP/PL/RI/00.00/III/2024)."""


WRONG_ELECTION: Final = Fault(
    "/election_type",
    "wrong-election",
    Text(
        "Di tempat perkara ini tidak ada pemilihan jenis itu.",
        "At the place of this case nobody is elected in such an election.",
    ),
)


NOT_A_FINDING: Final = Fault(
    "/plenary",
    "not-a-finding",
    Text(
        "Hanya temuan yang ditetapkan rapat pleno; laporan diregistrasi tanpa pleno.",
        "Only a finding is adopted by a plenary; a report is registered without one.",
    ),
)
PLENARY_MISSING: Final = Fault(
    "/plenary",
    "plenary-missing",
    Text(
        "Sebutkan rapat pleno yang menetapkan temuan ini.",
        "Name the plenary that adopted this finding.",
    ),
)
ADOPTED_BEFORE: Final = Fault(
    "/plenary",
    "adopted-before",
    Text(
        "Temuan ini sudah ditetapkan oleh rapat pleno yang tercatat.",
        "This finding was adopted by a plenary that is on record.",
    ),
)


class OwnCodeMissing(Conflict):
    """A number carries the code of the office in its own series, and none is invented."""

    code = "own-code-missing"
    text = Text(
        "Kantor ini belum mempunyai kode penomoran. Admin mengisinya sebagai own_code lewat"
        " PATCH /offices/{office_id}; kode wilayah tidak dipakai.",
        "This office has no code for its numbers yet. An admin sets it as own_code by"
        " PATCH /offices/{office_id}; the code of the region is not used.",
    )


class SeriesFull(Conflict):
    """More numbers than the grammar has places for."""

    code = "series-full"
    text = Text(
        "Nomor urut tahun ini sudah habis.", "All numbers of this series and year were given."
    )


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
    ElectedOffice.PRESIDENT: ElectionType.PRESIDENT,
    ElectedOffice.LEGISLATURE: ElectionType.LEGISLATIVE,
}
_HEADS: Final[Mapping[Level, frozenset[ElectedOffice]]] = {
    Level.NATION: frozenset({ElectedOffice.GOVERNOR, ElectedOffice.REGENT, ElectedOffice.MAYOR}),
    Level.PROVINCE: frozenset({ElectedOffice.GOVERNOR}),
    Level.REGENCY: frozenset({ElectedOffice.GOVERNOR, ElectedOffice.REGENT}),
    Level.CITY: frozenset({ElectedOffice.GOVERNOR, ElectedOffice.MAYOR}),
}
_GENERAL: Final = frozenset({ElectionType.PRESIDENT, ElectionType.LEGISLATIVE})
LEVELS: Final[Mapping[Level, str]] = {
    Level.NATION: "RI",
    Level.PROVINCE: "Prov",
    Level.REGENCY: "Kab",
    Level.CITY: "Kota",
    Level.DISTRICT: "Kec",
}


@dataclass(frozen=True, kw_only=True)
class Number:
    """`001/REG/LP/PB/Kab/16.09/IX/2024`, part by part; older numbers were printed without REG."""

    sequence: int
    kind: NumberKind
    election: ElectionType
    level: Level
    office_code: str
    month: int
    year: int
    registered: bool = True

    def printed(self) -> str:
        return "/".join(
            (
                f"{self.sequence:03d}",
                *(("REG",) if self.registered else ()),
                self.kind,
                self.election,
                LEVELS[self.level],
                self.office_code,
                MONTHS[self.month - 1],
                str(self.year),
            )
        )


_LEVEL_OF: Final = {printed.upper(): level for level, printed in LEVELS.items()}


def read_printed(text: str) -> Number | None:
    """The parts of a number, ours or an older one, however it is spaced; None outside of the
    grammar, as much of what offices wrote by hand is."""
    parts = parts_of(text)
    if parts is None:
        return None
    return Number(
        sequence=parts.sequence,
        kind=NumberKind(parts.entrance),
        election=ElectionType(parts.election),
        level=_LEVEL_OF[parts.level],
        office_code=parts.office,
        month=parts.month,
        year=parts.year,
        registered=parts.registered,
    )


def code_of(level: Level, own_code: str | None) -> str:
    """The code that the numbers of an office carry; refused where nobody has set it."""
    if level is Level.NATION:
        return NATIONAL_CODE
    if own_code is None:
        raise OwnCodeMissing
    return own_code


def elected_in(region_code: str) -> frozenset[ElectedOffice]:
    """Whom people of a place can elect, where the case names no election: by what the place is."""
    general = frozenset({ElectedOffice.PRESIDENT, ElectedOffice.LEGISLATURE})
    return general | _HEADS[level_of(placement_code(region_code))]


def check_election(
    wanted: ElectionType, regime: Regime, elected: Collection[ElectedOffice]
) -> None:
    """Refuse an election that is none of this regime, or that elects nobody at this place."""
    of_place = frozenset(TYPE_OF[each] for each in elected)
    is_general = regime is Regime.GENERAL_ELECTION
    if wanted not in of_place or (wanted in _GENERAL) is not is_general:
        raise Invalid(WRONG_ELECTION)


def check_sequence(sequence: int) -> None:
    """Refuse what could not be printed so that it is read again."""
    if sequence > LAST_SEQUENCE:
        raise SeriesFull
