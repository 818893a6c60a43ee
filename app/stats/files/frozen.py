"""How tables are kept when they are frozen."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from app.core.forms import TextOut
from app.stats.rules.disclosure import Cell, Shown

FrozenCell = tuple[str, str, int | None, date, tuple[int, ...]]
"""Region, value, count, the day that first showed it, and what it must be 5 away from."""


class FrozenTable(BaseModel):
    """A published table with the words it was published in, which may be others tomorrow.

    A region and value without a cell is a zero. The last part of a cell is never published.
    """

    definition: TextOut
    definition_version: int
    time_zone: str | None
    regions: dict[str, TextOut]
    values: dict[str, TextOut]
    cells: list[FrozenCell]

    def shown(self) -> dict[Cell, Shown]:
        return {
            (region, value): Shown(count, since, away_from)
            for region, value, count, since, away_from in self.cells
        }


def freeze_cells(shown: Mapping[Cell, Shown]) -> list[FrozenCell]:
    return [(*cell, each.count, each.since, each.away_from) for cell, each in shown.items()]
