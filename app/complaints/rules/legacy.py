"""The printed numbers of older cases (domain.md, 1.9)."""

import re
from dataclasses import dataclass
from typing import Final

from app.complaints.rules.objections import WRONG_NUMBER
from app.core.objections import BadCell

LONGEST_NUMBER: Final = 100
MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# domain.md, 1.9: observed on SigapLapor; the case of REG varies.
_NUMBER: Final = re.compile(
    r"(?P<sequence>[0-9]{1,4})/(?P<registered>REG/)?(?P<entrance>LP|TM)/(?P<election>P[LPGBW])"
    r"/(?P<level>RI|PROV|KAB|KOTA|KEC)/(?P<office>[0-9]{2}\.[0-9]{2}(\.[0-9]{2})?)"
    rf"/(?P<month>{'|'.join(MONTHS)})/(?P<year>(19|20)[0-9]{{2}})"
)


@dataclass(frozen=True)
class NumberParts:
    """What a printed number says, where it keeps to the grammar; `office` is Bawaslu's own code."""

    sequence: int
    registered: bool
    entrance: str
    election: str
    level: str
    office: str
    month: int
    year: int

    @property
    def is_of_finding(self) -> bool:
        return self.entrance == "TM"


@dataclass(frozen=True)
class LegacyNumber:
    """The number as it was printed, the key by which it is known again, and its parts."""

    printed: str
    key: str
    parts: NumberParts | None


def read_number(text: str) -> LegacyNumber:
    """Read any number; where it keeps to no grammar, it is its text alone."""
    if not re.search("[0-9]", text):
        raise BadCell(WRONG_NUMBER)
    found = _NUMBER.fullmatch(_plain(text))
    return LegacyNumber(text, key_of(text), _parts(found) if found else None)


def key_of(text: str) -> str:
    """The same for a number however it is spaced, in any case, with fewer zeros in front."""
    plain = _plain(text)
    if not _NUMBER.fullmatch(plain):
        return plain
    sequence, _, rest = plain.partition("/")
    return f"{int(sequence):04}/{rest}"


def parts_of(text: str) -> NumberParts | None:
    """What a printed number says, of a report or of a finding; None outside of the grammar."""
    found = _NUMBER.fullmatch(_plain(text))
    return _parts(found) if found else None


def _plain(text: str) -> str:
    return "".join(text.upper().split())


def _parts(found: re.Match[str]) -> NumberParts:
    return NumberParts(
        sequence=int(found["sequence"]),
        registered=found["registered"] is not None,
        entrance=found["entrance"],
        election=found["election"],
        level=found["level"],
        office=found["office"],
        month=MONTHS.index(found["month"]) + 1,
        year=int(found["year"]),
    )
