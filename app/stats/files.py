"""How figures are kept when they are frozen, and how they are written for a spreadsheet."""

import csv
from datetime import date
from enum import StrEnum
from io import StringIO
from typing import Final

from pydantic import BaseModel

from app.core.forms import TextOut
from app.core.sheets import formula_safe
from app.stats.rules.disclosure import Shown
from app.stats.schemas.figures import CellOut, TableOut


class FrozenCell(BaseModel):
    key: str
    label: TextOut
    count: int | None
    since: date


class FrozenTable(BaseModel):
    """A published table with the words it was published in, which may be others tomorrow."""

    definition: TextOut
    definition_version: int
    time_zone: str | None
    cells: list[FrozenCell]

    def shown(self) -> dict[str, Shown]:
        return {cell.key: Shown(cell.count, cell.since) for cell in self.cells}


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


def _weighed(part: str) -> tuple[str, float]:
    kind, _, parameters = part.partition(";")
    quality = next((p.strip()[2:] for p in parameters.split(";") if p.strip()[:2] == "q="), "1")
    plain = quality.replace(".", "", 1)
    return kind.strip(), float(quality) if plain.isascii() and plain.isdigit() else 1.0
