"""Attacks on the public tables, by somebody who knows the rules and keeps every table."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.stats.rules.disclosure import SMALLEST, TOTAL, Cell, Shown, totals_of
from app.stats.rules.publishing import Asked, Table, disclose
from app.stats.rules.swaps import Network

DAY: Final = date(2024, 11, 5)
PARENTS: Final = {
    "13": "00",
    "73": "00",
    "13.01": "13",
    "13.02": "13",
    "73.01": "73",
    "73.02": "73",
    "73.03": "73",
}
LEAVES: Final = ("13.01", "13.02", "73.01", "73.02", "73.03")
NODES: Final = ("00", "13", "73", *LEAVES)
TABLES: Final = {"group": ("a", "b"), "state": ("x", "y")}

Leaves = dict[Cell, int]
Things = dict[str, Leaves]
Range = tuple[int, int]
MOST: Final = 200

COUNT = st.one_of(st.integers(0, 6), st.integers(0, 30))


@st.composite
def days(draw: st.DrawFn) -> list[Things]:
    """Three days of two tables that count the same things; counts rise, and fall."""
    group = {(leaf, value): draw(COUNT) for leaf in LEAVES for value in "ab"}
    history = [_with_states(draw, group)]
    for _ in range(2):
        moves = {cell: draw(st.sampled_from([0, 0, 1, 2, -1, -3, 5])) for cell in group}
        group = {cell: max(0, count + moves[cell]) for cell, count in group.items()}
        history.append(_with_states(draw, group))
    return history


def _with_states(draw: st.DrawFn, group: Leaves) -> Things:
    state: Leaves = {}
    for leaf in LEAVES:
        total = group[leaf, "a"] + group[leaf, "b"]
        state[leaf, "x"] = draw(st.integers(0, total))
        state[leaf, "y"] = total - state[leaf, "x"]
    return {"group": group, "state": state}


class Archive:
    """Everything that was published of both tables, day by day."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {"group": {}, "state": {}}
        self.totals: Table = {}
        self.day = DAY

    def publish(self, things: Things) -> None:
        self.tables, self.totals = disclose(
            {name: Asked(things[name], self.tables[name]) for name in things},
            Asked(totals_of(things["group"]), self.totals),
            PARENTS,
            self.day,
        )
        self.day += timedelta(days=1)

    def known(self) -> dict[Cell, Range]:
        """What the rules and the tables of this day say of every cell by itself."""
        cells = {(node, TOTAL): self.totals.get((node, TOTAL)) for node in NODES}
        for name, values in TABLES.items():
            for node in NODES:
                for value in values:
                    cells[node, value] = self.tables[name].get((node, value))
        return {cell: self._range(shown) for cell, shown in cells.items()}

    def _range(self, shown: Shown | None) -> Range:
        if shown is None:
            return 0, 0
        if shown.count is None:
            return 0, MOST
        if shown.since == self.day - timedelta(days=1) or shown.count == 0:
            return shown.count, shown.count
        return max(SMALLEST, shown.count - SMALLEST + 1), shown.count + SMALLEST - 1


def equations() -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Which cell is the sum of which others."""
    for values in TABLES.values():
        for node in NODES:
            yield (node, TOTAL), tuple((node, value) for value in values)
    for value in (TOTAL, *(value for values in TABLES.values() for value in values)):
        for parent in ("00", "13", "73"):
            below = tuple(each for each in NODES if PARENTS.get(each) == parent)
            yield (parent, value), tuple((each, value) for each in below)


EQUATIONS: Final = list(equations())


def squeeze(ranges: dict[Cell, Range]) -> bool:
    """Narrow ranges by all equations until nothing moves; False where they contradict."""
    moving = True
    while moving:
        before = dict(ranges)
        for whole, parts in EQUATIONS:
            _squeeze(ranges, [(whole, -1), *((part, 1) for part in parts)])
        if any(low > high for low, high in ranges.values()):
            return False
        moving = before != ranges
    return True


def _squeeze(ranges: dict[Cell, Range], terms: list[tuple[Cell, int]]) -> None:
    lows = {cell: min(sign * each for each in ranges[cell]) for cell, sign in terms}
    highs = {cell: max(sign * each for each in ranges[cell]) for cell, sign in terms}
    least, most = sum(lows.values()), sum(highs.values())
    for cell, sign in terms:
        low, high = highs[cell] - most, lows[cell] - least
        if sign < 0:
            low, high = -high, -low
        ranges[cell] = max(ranges[cell][0], low), min(ranges[cell][1], high)


def fits(ranges: dict[Cell, Range], truth: Mapping[Cell, int]) -> bool:
    """Whether any whole numbers fit; near the truth first, for it is where the others lie."""
    if not squeeze(ranges):
        return False
    open_cells = [cell for cell, (low, high) in ranges.items() if low < high]
    if not open_cells:
        return True
    cell = min(open_cells, key=lambda each: ranges[each][1] - ranges[each][0])
    low, high = ranges[cell]
    return any(
        fits(ranges | {cell: (count, count)}, truth)
        for count in sorted(range(low, high + 1), key=lambda count: abs(count - truth[cell]))
    )


def truth_of(things: Things) -> dict[Cell, int]:
    truth: dict[Cell, int] = {}
    for leaves in (totals_of(things["group"]), *things.values()):
        for node in NODES:
            for (leaf, value), count in leaves.items():
                if leaf == node or leaf.startswith(f"{node}.") or node == "00":
                    truth[node, value] = truth.get((node, value), 0) + count
    return truth


def attack(archive: Archive, things: Things, before: Mapping[Cell, Range]) -> set[Cell]:
    """Find the cells of which the attacker is sure though they are, or moved by, 1 to 4."""
    known, truth = archive.known(), truth_of(things)
    secrets = [
        cell
        for cell, (low, high) in known.items()
        if low < high
        and ((truth[cell] < SMALLEST and truth[cell]) or _moved(before[cell], truth[cell]))
    ]
    return {cell for cell in secrets if _is_sure(known, cell, truth)}


def _moved(before: Range, count: int) -> bool:
    low, high = before
    return low == high and 0 < abs(count - low) < SMALLEST


def _is_sure(known: dict[Cell, Range], cell: Cell, truth: Mapping[Cell, int]) -> bool:
    low, high = known[cell]
    below, above = (low, truth[cell] - 1), (truth[cell] + 1, high)
    return not any(
        other[0] <= other[1] and fits(known | {cell: other}, truth) for other in (above, below)
    )


def run(history: list[Things]) -> set[Cell]:
    archive, found = Archive(), set[Cell]()
    before: dict[Cell, Range] = {}
    for things in history:
        archive.publish(things)
        known = archive.known()
        found |= attack(archive, things, before or dict.fromkeys(known, (0, MOST)))
        before = known
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days())
def test_whoever_keeps_every_table_is_sure_of_no_small_count_and_of_no_small_change(
    history: list[Things],
) -> None:
    assert run(history) == set()


SIMPLE: Final = {("13.01", "a"): 2, ("13.02", "a"): 12, ("73.01", "b"): 9}


def things(counts: Leaves) -> Things:
    group = {(leaf, value): counts.get((leaf, value), 0) for leaf in LEAVES for value in "ab"}
    return {
        "group": group,
        "state": {
            (leaf, into): group[leaf, value]
            for leaf in LEAVES
            for value, into in (("a", "x"), ("b", "y"))
        },
    }


MANY: Final = {
    **{"00.00": 3, "11.00": 2, "11.01": 6, "11.02": 4, "12.00": 0, "12.01": 2, "12.02": 20},
    **{"12.03": 3, "13.00": 20, "13.01": 0, "13.02": 8, "13.03": 2},
}


def test_every_other_total_is_carried_through_a_table_of_one_value() -> None:
    """It has no other place for them: each cell is the total of its region."""
    parents = {leaf: leaf[:2] for leaf in MANY} | dict.fromkeys(("11", "12", "13"), "00")
    counts = {(leaf, "a"): count for leaf, count in MANY.items()}

    tables, totals = disclose(
        {"group": Asked(counts, {})}, Asked(totals_of(counts), {}), parents, DAY
    )

    assert totals["00", TOTAL].count == sum(MANY.values())
    assert all(tables["group"][leaf, "a"].withheld for leaf in MANY if MANY[leaf] in range(1, 5))


def test_without_neighbours_the_attacker_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above would prove nothing."""
    monkeypatch.setattr(Network, "withhold", lambda *_: None)

    assert ("13.01", "a") in run([things(SIMPLE)])
