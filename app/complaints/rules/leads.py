"""Which facts of a complaint lead to others like it without reading half of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.complaints.rules.marks import Fact, MarkKind

ANYWHERE: Final = frozenset(
    {
        MarkKind.EVIDENCE,
        MarkKind.EMPLOYEE_NUMBER,
        MarkKind.POPULATION_NUMBER,
        MarkKind.PHONE,
        MarkKind.SOCIAL,
        MarkKind.NAME,
    }
)
"""What leads to another complaint wherever and whenever it happened."""

NEAR_BY: Final = frozenset({MarkKind.OFFICE, MarkKind.PLACE, MarkKind.WORD})
"""What leads to another one only in the same region and about the same day."""

MOST_ANYWHERE: Final = 2_000
MOST_NEAR_BY: Final = 20_000
"""Complaints that a look-up may expect to touch; near by, most of them fall out in the index."""

_FEW: Final = 10_000.0
"""In a young collection each word is in a large share of it, and says no less for that."""
_REGENCY: Final = len("73.04")


@dataclass(frozen=True)
class Frequencies:
    """How many complaints have a fact, by the statistics of the database.

    `listed` are the most common ones with their share, `unlisted` is what no other one exceeds.
    """

    rows: float
    listed: Mapping[Fact, float]
    unlisted: float

    def expected(self, fact: Fact) -> float:
        """How many complaints a look-up of this fact may touch."""
        # A name or number that is not among the most common marks is as good as unique.
        unlisted = 0.0 if fact.kind in ANYWHERE else self.unlisted
        return self.rows * self.listed.get(fact, unlisted)

    def shares(self) -> dict[Fact, float]:
        """The share that makes a word common; what is not listed is rare."""
        whole = self.rows / max(self.rows, _FEW)
        return {fact: share * whole for fact, share in self.listed.items()}


def leads(
    facts: Collection[Fact], kinds: Collection[MarkKind], known: Frequencies, most: int
) -> list[Fact]:
    """The facts to look up, the rarest first, as far as `most` complaints may be touched."""
    rarest = sorted((known.expected(fact), fact) for fact in facts if fact.kind in kinds)
    return list(_within(rarest, most))


def region_around(code: str) -> str:
    """The regency around a place, or what is as exact as known."""
    return code[:_REGENCY]


def _within(rarest: list[tuple[float, Fact]], most: int) -> Iterator[Fact]:
    total = 0.0
    for expected, fact in rarest:
        total += expected
        if total > most:
            return
        yield fact
