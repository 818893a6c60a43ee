"""Who has most: places in a ranking, where equals share a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Ranked:
    """Places go 1, 2, 2, 4: a place says how many have more."""

    rank: int
    key: str
    count: int
    tied: bool


class Ranking(NamedTuple):
    """`equals_left_out` others have the same count as the last of those that are shown."""

    shown: list[Ranked]
    equals_left_out: int


def rank(counts: Mapping[str, int], top: int) -> Ranking:
    """Rank what has any by its count, equals in the order of their codes."""
    ordered = sorted(
        ((key, count) for key, count in counts.items() if count > 0),
        key=lambda each: (-each[1], each[0]),
    )
    numbers = [count for _, count in ordered]
    shown = [
        Ranked(numbers.index(count) + 1, key, count, numbers.count(count) > 1)
        for key, count in ordered[:top]
    ]
    last = shown[-1].count if shown else 0
    return Ranking(shown, numbers[top:].count(last))
