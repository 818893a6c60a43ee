"""Attacks on the public tables, by somebody who knows the rules and keeps every table."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats.rules.disclosure import SMALLEST, Shown, Total, disclose, total_of

DAY = date(2024, 11, 5)

Table = dict[str, int]
Published = tuple[dict[str, Shown], Total]

TABLES = st.dictionaries(st.sampled_from(["00", "11", "13", "73", "96"]), st.integers(0, 30))
SMALL = st.integers(1, SMALLEST - 1)


def publish(table: Table, before: Table) -> Published:
    yesterday = disclose(before, {}, DAY - timedelta(days=1))
    cells = disclose(table, yesterday, DAY)
    return cells, total_of(cells.values())


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_is_withheld(count: int) -> None:
    assert disclose({"73": count}, {}, DAY) == {"73": Shown(None, DAY)}


@pytest.mark.parametrize("count", [0, 5, 433])
def test_nothing_and_enough_are_shown(count: int) -> None:
    assert disclose({"73": count}, {}, DAY) == {"73": Shown(count, DAY)}


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    assert total_of([Shown(5, DAY), Shown(0, DAY), Shown(12, DAY)]) == Total(17, 17, 17)


def test_a_withheld_cell_leaves_only_bounds_of_the_total() -> None:
    assert total_of([Shown(12, DAY), Shown(None, DAY), Shown(None, DAY)]) == Total(None, 14, 20)


@pytest.mark.parametrize("now", [8, 11, 12, 13, 16])
def test_a_small_change_waits(now: int) -> None:
    yesterday = Shown(12, DAY - timedelta(days=1))

    assert disclose({"73": now}, {"73": yesterday}, DAY) == {"73": yesterday}


@pytest.mark.parametrize("now", [0, 7, 17, 100])
def test_a_change_of_five_is_shown(now: int) -> None:
    yesterday = Shown(12, DAY - timedelta(days=1))

    assert disclose({"73": now}, {"73": yesterday}, DAY) == {"73": Shown(now, DAY)}


@given(TABLES, TABLES, SMALL)
def test_nothing_published_depends_on_which_small_number_is_withheld(
    table: Table, before: Table, other: int
) -> None:
    """So no equation over cells and total, however clever, can have it as its solution."""
    published = publish(table, before)

    for key in [key for key, cell in published[0].items() if cell.withheld]:
        assert publish(table | {key: other}, before) == published


@given(TABLES, TABLES, SMALL)
def test_nor_on_which_it_was_yesterday(table: Table, before: Table, other: int) -> None:
    published = publish(table, before)

    for key in [key for key, count in before.items() if 0 < count < SMALLEST]:
        assert publish(table, before | {key: other}) == published


@given(TABLES, TABLES)
def test_the_bounds_hold_and_the_total_adds_up(table: Table, before: Table) -> None:
    cells, total = publish(table, before)

    shown = sum(cell.count or 0 for cell in cells.values())
    hidden = sum(table[key] for key, cell in cells.items() if cell.withheld)
    assert total.at_least <= shown + hidden <= total.at_most
    assert total.count == (None if any(cell.withheld for cell in cells.values()) else shown)


HISTORIES = list(product(range(25), repeat=3))
FAR_FROM_THE_EDGE = 20


def told_of(history: Iterable[int]) -> tuple[Shown, ...]:
    """What three tables in a row say of one cell."""
    shown: list[Shown] = []
    for age, count in enumerate(history):
        last = {"73": shown[-1]} if shown else {}
        shown.append(disclose({"73": count}, last, DAY + timedelta(days=age))["73"])
    return tuple(shown)


def test_whoever_keeps_every_table_computes_no_count_and_no_daily_change_below_five() -> None:
    """By trying them all: each observation fits histories with different small numbers."""
    possible: dict[tuple[Shown, ...], list[tuple[int, ...]]] = defaultdict(list)
    for history in HISTORIES:
        possible[told_of(history)].append(history)

    for histories in possible.values():
        if max(max(history) for history in histories) > FAR_FROM_THE_EDGE:
            continue
        counts = [set(day) for day in zip(*histories, strict=True)]
        changes = [
            {abs(history[each + 1] - history[each]) for history in histories} for each in range(2)
        ]
        assert all(
            len(secret) > 1 or secret.isdisjoint({1, 2, 3, 4}) for secret in counts + changes
        )
