"""How the files that we ship are read: one row of CSV, one row of the law."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

FOLDER: Final = Path(__file__).parent.parent / "data"

Row: TypeAlias = dict[str, str]
T = TypeVar("T")


def read(file: Path, row: Callable[[Row], T]) -> list[T]:
    """Read every row, or refuse the file with the line that is wrong."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [row(each) for each in rows]
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong
