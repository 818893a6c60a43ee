"""How figures are kept when they are frozen, and how they are written for a spreadsheet."""

import csv
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Final

from pydantic import BaseModel

from app.core.forms import TextOut
from app.core.sheets import formula_safe
from app.stats.rules.disclosure import Cell, Shown
from app.stats.schemas.figures import CellOut, TableOut
from app.stats.schemas.public import PublicTableOut

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


class Format(StrEnum):
    JSON = "application/json"
    CSV = "text/csv; charset=utf-8; header=present"


_COLUMNS: Final = (
    "unit",
    "by",
    "key",
    "label_id",
    "label_en",
    "count",
    "withheld",
    "shown_since",
    "as_of",
    "regions",
    "regions_with_entries",
    "definition_version",
    "definition",
)


def choose_format(accepted: str) -> Format:
    """Choose by an `Accept` field (RFC 9110, 12.5.1); JSON where nothing asks for CSV."""
    weights = [_weighed(part) for part in accepted.lower().split(",")]
    csv_weight = max((w for kind, w in weights if kind in ("text/csv", "text/*")), default=0.0)
    json_weight = max(
        (w for kind, w in weights if kind in ("application/json", "application/*", "*/*")),
        default=0.0,
    )
    return Format.CSV if csv_weight > json_weight else Format.JSON


def write_table(table: TableOut, form: Format) -> bytes:
    return table.model_dump_json().encode() if form is Format.JSON else _write_csv(table)


def _write_csv(table: TableOut) -> bytes:
    """Write as RFC 4180 says, one row per cell and no total among them."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(_COLUMNS)
    for cell in table.cells:
        writer.writerow([formula_safe(value) for value in _row(table, cell)])
    return paper.getvalue().encode()


def _row(table: TableOut, cell: CellOut) -> tuple[str | int, ...]:
    return (
        table.unit,
        table.by,
        cell.key,
        cell.label.id,
        cell.label.en,
        "" if cell.count is None else cell.count,
        str(cell.withheld).lower(),
        str(cell.shown_since or ""),
        table.as_of.isoformat(),
        table.coverage.regions,
        table.coverage.with_entries,
        table.definition_version,
        table.definition.id,
    )


_PUBLIC_COLUMNS: Final = (
    "table",
    "unit",
    "by",
    "election",
    "region",
    "region_label",
    "value",
    "value_label_id",
    "value_label_en",
    "count",
    "withheld",
    "shown_since",
    "day",
    "as_of",
    "definition_version",
    "definition",
)


def write_public_table(table: PublicTableOut, form: Format) -> bytes:
    return table.model_dump_json().encode() if form is Format.JSON else _write_public_csv(table)


def _write_public_csv(table: PublicTableOut) -> bytes:
    """Write as RFC 4180 says, one row per cell; an empty value is the total of its region."""
    paper = StringIO()
    writer = csv.writer(paper)
    writer.writerow(_PUBLIC_COLUMNS)
    regions = {each.code: each.label.id for each in table.regions}
    values = {each.code: each.label for each in table.values}
    for cell in table.cells:
        label = values.get(cell.value)
        writer.writerow(
            [
                formula_safe(value)
                for value in (
                    *(table.name, table.unit, table.by or "", table.election),
                    *(cell.region, regions[cell.region], cell.value),
                    *((label.id, label.en) if label else ("Jumlah", "Total")),
                    *("" if cell.count is None else cell.count, str(cell.withheld).lower()),
                    *(str(cell.shown_since or ""), str(table.day), table.as_of.isoformat()),
                    *(table.definition_version, table.definition.id),
                )
            ]
        )
    return paper.getvalue().encode()


def _weighed(part: str) -> tuple[str, float]:
    kind, _, parameters = part.partition(";")
    quality = next((p.strip()[2:] for p in parameters.split(";") if p.strip()[:2] == "q="), "1")
    plain = quality.replace(".", "", 1)
    return kind.strip(), float(quality) if plain.isascii() and plain.isdigit() else 1.0
