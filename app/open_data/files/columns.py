"""The columns of the public lists, as this domain ships them."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from app.core.texts import Text
from app.open_data.rules.datasets import Column, ColumnKind

FILE: Final = Path(__file__).parent.parent / "data" / "columns.csv"


@cache
def read_columns() -> dict[str, list[Column]]:
    """Read the columns of each list, by its code, in their order."""
    columns: dict[str, list[Column]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns.setdefault(row["dataset"], []).append(_column(row))
    return columns


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["name"],
        kind=ColumnKind(row["kind"]),
        meaning=Text(row["meaning_id"], row["meaning_en"]),
        unit=Text(row["unit_id"], row["unit_en"]) if row["unit_id"] else None,
        codes=row["codes"] or None,
    )
