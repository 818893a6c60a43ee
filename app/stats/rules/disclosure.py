"""Disclosure control: what may be published of a table without telling of a single person.

Three rules, each of which can be checked alone:

1. A count of 1 to 4 is withheld. Zero is shown: it tells of nobody.
2. A cell depends on its own counts only, and the total on the shown cells only: it is their sum,
   or, where one of them is withheld, the two bounds that every reader could compute. So nothing
   that is published depends on whether a withheld cell is 1, 2, 3 or 4, and no neighbour, total,
   or knowledge of these rules can tell.
3. A shown count is renewed only when it differs by 5 or more from the one last shown. So the
   tables of two days in a row never tell of a change of 1 to 4.

Withholding the total is the price of rule 2: with an exact total and all withheld cells small,
their sum tells them whenever it is very low or very high (three cells, sum 3: each is 1).

Left for later, with tables that share a margin (a region tree, a second dimension): suppression
across tables, so that totals can be exact; and net changes over a longer time in which a cell
fell below 5 and rose again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

SMALLEST: Final = 5
"""The smallest count, and the smallest change, that is published (domain.md, 6.2)."""


@dataclass(frozen=True)
class Shown:
    """One published cell: its count (None: withheld), and the day whose table first said so."""

    count: int | None
    since: date

    @property
    def withheld(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Total:
    """The sum of the shown cells; its bounds where a cell is withheld."""

    count: int | None
    at_least: int
    at_most: int


def disclose(counts: Mapping[str, int], last: Mapping[str, Shown], day: date) -> dict[str, Shown]:
    """Return the cells that the table of this day shows, after those that were shown last."""
    return {key: _cell(count, last.get(key), day) for key, count in counts.items()}


def total_of(cells: Iterable[Shown]) -> Total:
    counts = [cell.count for cell in cells]
    shown = sum(count for count in counts if count is not None)
    withheld = counts.count(None)
    return Total(
        count=None if withheld else shown,
        at_least=shown + withheld,
        at_most=shown + withheld * (SMALLEST - 1),
    )


def _cell(count: int, last: Shown | None, day: date) -> Shown:
    if 0 < count < SMALLEST:
        return last if last is not None and last.withheld else Shown(None, day)
    if last is None or last.count is None or abs(count - last.count) >= SMALLEST:
        return Shown(count, day)
    return last
