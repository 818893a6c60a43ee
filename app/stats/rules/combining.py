"""What follows from tables that were published, and so tells nothing that they do not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.stats.rules.dimensions import UNKNOWN, Dimension
from app.stats.rules.disclosure import TOTAL, Cell, Shown

MOVING: Final = frozenset({Dimension.OUTCOME, Dimension.FURTHEST_STEP, Dimension.FOLLOW_UP})
"""What a thing passes through: that fewer are at a step says only that some have gone on."""


def add_shown(tables: Sequence[Mapping[Cell, Shown]]) -> dict[Cell, Shown]:
    """Add up tables of different things: a sum is withheld where one of its parts is."""
    cells = {cell for table in tables for cell in table}
    return {cell: _add([table[cell] for table in tables if cell in table]) for cell in cells}


def corrections_of(
    before: Mapping[Cell, Shown],
    now: Mapping[Cell, Shown],
    week: str | None,
    by: Dimension | None = None,
) -> dict[Cell, tuple[int, int]]:
    """Return what is shown otherwise of days that were over: the weeks before this one, or
    counts that have become fewer, where every count is of all days so far. What things pass
    through in their course is no correction."""
    found: dict[Cell, tuple[int, int]] = {}
    for cell in sorted(before.keys() | now.keys()):
        old, new = _count(before.get(cell)), _count(now.get(cell))
        if old is None or new is None or old == new or _is_passing(cell[1], by):
            continue
        is_over = new < old if week is None or not cell[1] else cell[1] < week
        if is_over:
            found[cell] = old, new
    return found


def whole_days(frozen: Mapping[date, set[str]]) -> set[date]:
    """The days on which no election is missing that had a table before."""
    known: set[str] = set()
    whole: set[date] = set()
    for day in sorted(frozen):
        known |= frozen[day]
        if frozen[day] == known:
            whole.add(day)
    return whole


def days_of(election: str, frozen: Mapping[date, set[str]]) -> set[date]:
    """The days on which this election has a table."""
    return {day for day, elections in frozen.items() if election in elections}


def _is_passing(value: str, by: Dimension | None) -> bool:
    return value == UNKNOWN or (by in MOVING and value != TOTAL)


def _add(parts: Sequence[Shown]) -> Shown:
    counts = [part.count for part in parts if part.count is not None]
    since = max(part.since for part in parts)
    return Shown(sum(counts) if len(counts) == len(parts) else None, since)


def _count(shown: Shown | None) -> int | None:
    return 0 if shown is None else shown.count
