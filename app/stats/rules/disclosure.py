"""Disclosure control: what may be published of a table without telling of a single person.

Three rules decide cell by cell, after what was shown before; where they do not suffice, `swaps`
withholds neighbours. docs/decisions/public-figures.md proves why nothing withheld can be computed.

1. A count from 1 to 4 is withheld. Zero is shown: it tells of nobody.
2. A shown count is renewed when it has moved by 5 or more. Until then it says no more than that
   the count is within 4 of it, also where nothing has changed.
3. What was withheld is shown again when it is 5 or more away from the count last shown, and from
   the one with which it was withheld as a neighbour.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final, TypeAlias

SMALLEST: Final = 5
"""The smallest count, and the smallest change, that is published (domain.md, 6.2)."""

TOTAL: Final = ""
"""The value of a cell that counts all values of its region."""

Cell: TypeAlias = tuple[str, str]
"""A region and a value; the region is a leaf of the tree, or the sum of those below it."""

Counts: TypeAlias = Mapping[Cell, int]


@dataclass(frozen=True)
class Shown:
    """One cell as published: its count (None: withheld), and the day whose table first said so.

    `away_from` is never published: the counts from which a withheld one must be 5 away before it
    is shown again.
    """

    count: int | None
    since: date
    away_from: tuple[int, ...] = ()

    @property
    def withheld(self) -> bool:
        return self.count is None


class State(Enum):
    """What a reader learns of a cell today."""

    EXACT = auto()
    NEAR = auto()
    SMALL = auto()
    NEIGHBOUR = auto()


def state_of(count: int, last: Shown | None) -> State:
    """Say by the three rules alone how a count may be published."""
    if 0 < count < SMALLEST:
        return State.SMALL
    if last is None:
        return State.EXACT
    if last.count is None:
        return State.NEIGHBOUR if _is_near(count, last.away_from) else State.EXACT
    return State.NEAR if last.count and _is_near(count, (last.count,)) else State.EXACT


def publish(count: int, state: State, last: Shown | None, day: date) -> Shown:
    """Return what the table of this day says of a cell in this state."""
    match state:
        case State.EXACT:
            return last if last and last.count == count else Shown(count, day)
        case State.NEAR if last is not None:
            return last
        case _:
            return _withhold(count, state, last, day)


def parents_of(leaves: Iterable[str], parents: Mapping[str, str]) -> dict[str, str]:
    """Return the part of the tree that leads up from these leaves."""
    tree: dict[str, str] = {}
    for each in leaves:
        node = each
        while node in parents and node not in tree:
            tree[node] = parents[node]
            node = parents[node]
    return tree


def add_up(counts: Counts, parents: Mapping[str, str]) -> dict[Cell, int]:
    """Return the counts of all regions of the tree, from those of its leaves."""
    sums: dict[Cell, int] = {}
    for (leaf, value), count in counts.items():
        node: str | None = leaf
        while node is not None:
            sums[node, value] = sums.get((node, value), 0) + count
            node = parents.get(node)
    return sums


def totals_of(counts: Counts) -> dict[Cell, int]:
    """Return how many there are in each region, of whatever value."""
    totals: dict[Cell, int] = {}
    for (region, _), count in counts.items():
        totals[region, TOTAL] = totals.get((region, TOTAL), 0) + count
    return totals


def _withhold(count: int, state: State, last: Shown | None, day: date) -> Shown:
    if last is not None and last.withheld:
        known = last.away_from
        new = state is State.NEIGHBOUR and not _is_near(count, known)
        return Shown(None, last.since, (*known[-1:], count) if new else known)
    new = state is State.NEIGHBOUR
    return Shown(None, day, (*_nonzero(last), count) if new else _nonzero(last))


def _nonzero(last: Shown | None) -> tuple[int, ...]:
    return (last.count,) if last and last.count else ()


def _is_near(count: int, others: tuple[int, ...]) -> bool:
    return any(abs(count - other) < SMALLEST for other in others)
