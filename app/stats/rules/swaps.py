"""Withholding neighbours: for each count that must stay unknown, another table that would be
published just the same.

The cells of a table over a tree of regions are the edges of a network, at each of whose nodes as
much flows in as out: from a region into its cells, from there up the tree. To walk along an edge
adds one to its cell, to walk against it takes one away, so a closed walk over cells that readers
do not know exactly is such another table. Each is found as a shortest path (J. Castro, "A
shortest-paths heuristic for statistical data protection in positive tables", INFORMS Journal on
Computing 19, 2007); what it has to withhold on its way is its length.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from operator import itemgetter
from typing import Final, TypeAlias

from app.stats.rules.disclosure import SMALLEST, Cell, Shown, State

Node: TypeAlias = tuple[str, str]
Step: TypeAlias = tuple[Cell, int]
"""A cell, and whether one is added to it or taken away."""

Walk: TypeAlias = tuple[int, list[Step]]
Leaps: TypeAlias = Mapping[Node, list[Node]]
_Place: TypeAlias = tuple[Node, bool]

OUTSIDE: Final[Node] = ("", "")
"""Where every count comes from and goes to; with fixed totals, only that of the whole country."""

_IMPOSSIBLE: Final = 10**12
_BY_HEIGHT: Final = (1_000, 30_000, 1_000_000)
"""What withholding costs at a regency, a province, the nation: that only if all else fails."""
_MOST_BY_COUNT: Final = 500
# A withheld zero reads like a small count: rather withhold three regencies.
_ZERO: Final = 1_500
# That a withheld count is 1 to 4, others can only guess: it may be a neighbour's, of any size.
_GUESSED: Final = 4_000
# Short walks: what they leave uncertain lies close together, and they are found sooner.
_STEP: Final = 300


@dataclass
class Network:
    """The cells of one table, and what readers learn of each of them.

    With `rows`, the totals of the regions are taken as known, and every leaf is a node.
    """

    counts: Mapping[Cell, int]
    states: dict[Cell, State]
    last: Mapping[Cell, Shown]
    parents: Mapping[str, str]
    rows: bool
    leaps: Leaps = field(default_factory=dict)
    _ways: dict[Node, list[tuple[Step, Node]]] = field(default_factory=dict, init=False)
    _prices: dict[Step, int] = field(default_factory=dict, init=False)
    _ends: dict[Cell, tuple[Node, Node]] = field(default_factory=dict, init=False)
    _heights: dict[str, int] = field(default_factory=dict, init=False)
    _inner: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        self._inner = frozenset(self.parents.values())
        for region, value in self.counts:
            self._heights.setdefault(region, self._height(region))
            tail = (region, value) if region in self._inner else self._leaf(region)
            head = (self.parents[region], value) if region in self.parents else OUTSIDE
            self._ends[region, value] = (tail, head)
            self._ways.setdefault(tail, []).append((((region, value), 1), head))
            self._ways.setdefault(head, []).append((((region, value), -1), tail))
            self._appraise((region, value))

    def close(self, cell: Cell) -> list[Step]:
        """Find the cheapest closed walk that changes this cell, and each cell by one at most."""
        found = [walk for walk in self._circles(cell) if walk is not None]
        if not found and self.states[cell] is not State.NEIGHBOUR:
            raise LookupError("Something would be told that must not be.")
        return min(found, key=itemgetter(0))[1] if found else []

    def walk(self, start: Node, goal: Node, without: Cell | None = None) -> Walk | None:
        """Find the cheapest path, with one leap at most: a swap of totals that is prepared."""
        shut = set() if without is None else {without}
        near = self._near(start, goal, shut)
        if near is not None and near[0] < _BY_HEIGHT[1]:
            return near
        while True:
            walk = _Search(self, shut).walk(start, goal)
            twice = _met_twice(walk)
            if not twice:
                return walk
            shut |= twice

    def _near(self, start: Node, goal: Node, shut: Set[Cell]) -> Walk | None:
        """Find the cheapest path of at most three steps: most walks close in one province."""
        # Of several cells between the same two nodes the cheapest, which comes last.
        onward = sorted(self.onward(start, shut), key=itemgetter(0), reverse=True)
        ways = {end: (price, [step]) for price, step, end in onward}
        found = [ways[goal]] if goal in ways else []
        for price, last, middle in self._towards(goal, shut):
            if middle == start:
                found.append((price, last))
                continue
            if middle in ways:
                found.append((ways[middle][0] + price, [*last, *ways[middle][1]]))
            for (cell, sign), end in self._ways.get(middle, ()):
                if end in ways and end != goal and cell not in shut:
                    length = ways[end][0] + self._prices[cell, -sign] + price
                    found.append((length, [*last, (cell, -sign), *ways[end][1]]))
        return min(
            (walk for walk in found if not _met_twice(walk)), key=itemgetter(0), default=None
        )

    def _towards(self, goal: Node, shut: Set[Cell]) -> Iterator[tuple[int, list[Step], Node]]:
        for (cell, sign), end in self._ways.get(goal, ()):
            if cell not in shut and (price := self._prices[cell, -sign]) < _IMPOSSIBLE:
                yield price, [(cell, -sign)], end
        for node, ends in self.leaps.items():
            if goal in ends:
                yield _STEP, [], node

    def _circles(self, cell: Cell) -> Iterator[Walk | None]:
        tail, head = self._ends[cell]
        for sign, start, goal in ((1, head, tail), (-1, tail, head)):
            price = self._prices[cell, sign]
            if price < _IMPOSSIBLE and (walk := self.walk(start, goal, cell)):
                yield price + walk[0], [(cell, sign), *walk[1]]
                if price + walk[0] < _BY_HEIGHT[0]:
                    return

    def is_leaf(self, region: str) -> bool:
        return region not in self._inner and region in self._heights

    def withhold(self, steps: Iterable[Step]) -> None:
        """Leave readers uncertain of every cell on a path."""
        for cell, sign in steps:
            if not self._is_open(cell, sign) and self.states[cell] is not State.SMALL:
                self.states[cell] = State.NEIGHBOUR
                self._appraise(cell)

    def onward(self, node: Node, shut: Set[Cell]) -> list[tuple[int, Step, Node]]:
        prices = self._prices
        return [
            (prices[step], step, end)
            for step, end in self._ways.get(node, ())
            if prices[step] < _IMPOSSIBLE and step[0] not in shut
        ]

    def _appraise(self, cell: Cell) -> None:
        for sign in (1, -1):
            self._prices[cell, sign] = self._price(cell, sign)

    def _price(self, cell: Cell, sign: int) -> int:
        count, state = self.counts[cell], self.states[cell]
        if count + sign < 0:
            return _IMPOSSIBLE
        if self._is_open(cell, sign):
            return _STEP
        if state in (State.SMALL, State.NEIGHBOUR):
            return _GUESSED
        weight = min(count, _MOST_BY_COUNT) if count else _ZERO
        return _BY_HEIGHT[self._heights[cell[0]]] + weight

    def _is_open(self, cell: Cell, sign: int) -> bool:
        """Whether readers who know the rules must allow for this other count."""
        other, state = self.counts[cell] + sign, self.states[cell]
        if state is State.NEAR:
            return other >= SMALLEST and abs(other - (self.last[cell].count or 0)) < SMALLEST
        return (state is State.SMALL and 0 < other < SMALLEST) or (
            state is State.NEIGHBOUR and other > 0
        )

    def _leaf(self, region: str) -> Node:
        return (region, "") if self.rows else OUTSIDE

    def _height(self, region: str) -> int:
        """Whether a cell is of the country, of one of its parts, or of a part of these."""
        parent = self.parents.get(region)
        return 2 if parent is None else int(parent not in self.parents)


@dataclass
class _Search:
    """Dijkstra's algorithm over the nodes, each before and after the leap."""

    network: Network
    shut: Set[Cell]
    came: dict[_Place, tuple[_Place, Step | None]] = field(default_factory=dict)

    def walk(self, start: Node, goal: Node) -> Walk | None:
        best: dict[_Place, int] = {(start, False): 0}
        queue: list[tuple[int, _Place]] = [(0, (start, False))]
        limit = _IMPOSSIBLE
        while queue:
            length, place = heappop(queue)
            if place[0] == goal:
                return length, self._steps(place)
            if length > best[place]:
                continue
            for price, step, following in self._moves(place):
                if length + price < min(best.get(following, _IMPOSSIBLE), limit):
                    best[following] = length + price
                    limit = length + price if following[0] == goal else limit
                    self.came[following] = (place, step)
                    heappush(queue, (length + price, following))
        return None

    def _moves(self, place: _Place) -> Iterator[tuple[int, Step | None, _Place]]:
        node, has_leapt = place
        for price, step, end in self.network.onward(node, self.shut):
            yield price, step, (end, has_leapt)
        if not has_leapt:
            for end in self.network.leaps.get(node, ()):
                yield _STEP, None, (end, True)

    def _steps(self, place: _Place) -> list[Step]:
        steps: list[Step] = []
        while place in self.came:
            place, step = self.came[place]
            if step is not None:
                steps.append(step)
        return steps


def _met_twice(walk: Walk | None) -> set[Cell]:
    """The cells that a path meets before its leap and again after it."""
    met = Counter(cell for cell, _ in walk[1]) if walk else {}
    return {cell for cell, times in met.items() if times > 1}
