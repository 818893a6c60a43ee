"""How much `netra demo` fills in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.cli.plausible.shares import COURSES

_SMALLEST: Final = 2
_LARGEST: Final = 5_000_000


@dataclass(frozen=True)
class Size:
    """How many there are of each, election by election; `targets` should sign each declaration."""

    matters: tuple[int, int]
    declarations: tuple[int, int]
    targets: int
    events: tuple[int, int]


REGENCIES: Final = (261, 508)
"""The regencies and cities that voted in 2020, and in 2024."""

REAL: Final = (COURSES[0].matters, COURSES[1].matters)
SIZES: Final[Mapping[str, Size]] = {
    "small": Size(matters=(120, 80), declarations=(6, 10), targets=24, events=(20, 40)),
    "real": Size(matters=REAL, declarations=REGENCIES, targets=60, events=(1_300, 2_700)),
    # 5 million persons in 2 million cases, 5.6 million signatures.
    "national": Size(
        matters=(1_000_000, 1_000_000),
        declarations=REGENCIES,
        targets=7_944,
        events=(20_000, 40_000),
    ),
}


def size_of(said: str) -> Size:
    """A size by its name, or so many matters with all else in proportion; ValueError otherwise."""
    if said in SIZES:
        return SIZES[said]
    number = int(said)
    if not _SMALLEST <= number <= _LARGEST:
        raise ValueError(said)
    half = number // 2
    return Size(
        matters=(number - half, half),
        declarations=_no_more(number // 10, REGENCIES),
        targets=max(12, number // 250),
        events=(number // 100 + 1, number // 50 + 1),
    )


def _no_more(number: int, than: tuple[int, int]) -> tuple[int, int]:
    return min(number + 1, than[0]), min(number + 1, than[1])
