"""What may be published of the tables of one unit, which share the totals of their regions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, TypeVar

from app.stats.rules.disclosure import (
    Cell,
    Counts,
    Shown,
    State,
    add_up,
    parents_of,
    publish,
    state_of,
)
from app.stats.rules.swaps import OUTSIDE, Network, Node, Step

Table: TypeAlias = dict[Cell, Shown]
Key = TypeVar("Key")

_WITHHELD: Final = (State.SMALL, State.NEIGHBOUR)


@dataclass(frozen=True)
class Asked:
    """A table to be published: the counts of its leaves by value, and what was shown last.

    A leaf is any region below which the table tells nothing apart.
    """

    counts: Counts
    last: Mapping[Cell, Shown]


def disclose(
    tables: Mapping[Key, Asked], totals: Asked, parents: Mapping[str, str], day: date
) -> tuple[dict[Key, Table], Table]:
    """Return what the tables of a unit, and the totals that they share, may show on a day.

    A cell that is missing in an answer is a zero that is shown.
    """
    margin = _network(totals, parents, rows=False)
    swaps = list(_protect(margin))
    networks: dict[Key, Network] = {}
    for name, asked in tables.items():
        networks[name] = network = _network(asked, parents, rows=True)
        network.leaps = _carry(network, swaps, parents)
        for _ in _protect(network):
            pass
    return {name: _publish(each, day) for name, each in networks.items()}, _publish(margin, day)


def _network(asked: Asked, parents: Mapping[str, str], *, rows: bool) -> Network:
    parents = parents_of((region for region, _ in asked.counts), parents)
    counts = add_up(asked.counts, parents)
    states = {cell: state_of(count, asked.last.get(cell)) for cell, count in counts.items()}
    return Network(counts, states, asked.last, parents, rows)


def _protect(network: Network) -> Iterator[list[Step]]:
    """Find another table for everything that must stay unknown, withholding what that takes."""
    safe: set[Cell] = set()
    for cell in _secrets(network):
        if cell in safe:
            continue
        steps = network.close(cell)
        network.withhold(steps)
        safe |= {each for each, _ in steps}
        yield steps


def _secrets(network: Network) -> list[Cell]:
    """Small counts, neighbours of earlier days, and small changes: the deepest regions first."""
    secrets = [cell for cell, state in network.states.items() if _is_secret(network, cell, state)]
    return sorted(secrets, key=lambda cell: (-len(cell[0]), cell))


def _is_secret(network: Network, cell: Cell, state: State) -> bool:
    moved = state is State.NEAR and network.last[cell].count != network.counts[cell]
    return moved or state in _WITHHELD


def _carry(
    network: Network, swaps: Iterable[list[Step]], parents: Mapping[str, str]
) -> dict[Node, list[Node]]:
    """Make room in a table for every other total that the regions may have."""
    leaps: dict[Node, list[Node]] = {}
    for steps in swaps:
        more, fewer = (_end(network, steps, sign, parents) for sign in (1, -1))
        if more == fewer or more in leaps.get(fewer, ()):
            continue
        if walk := network.walk(more, fewer):
            network.withhold(walk[1])
            leaps.setdefault(fewer, []).append(more)
    return leaps


def _end(network: Network, steps: list[Step], sign: int, parents: Mapping[str, str]) -> Node:
    """Where a swap of totals adds one, or takes one away, as far down as the table goes."""
    inner = set(parents.values())
    leaf = next((cell[0] for cell, each in steps if each == sign and cell[0] not in inner), None)
    while leaf is not None and not network.is_leaf(leaf):
        leaf = parents[leaf]
    return OUTSIDE if leaf is None else (leaf, "")


def _publish(network: Network, day: date) -> Table:
    shown: Table = {}
    for cell, count in network.counts.items():
        last = network.last.get(cell)
        state = network.states[cell]
        if count or state in _WITHHELD or (last is not None and last.count != 0):
            shown[cell] = publish(count, state, last, day)
    return shown
