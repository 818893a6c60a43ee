"""Tables that come as XLSX, read row by row and never trusted: a small file may unpack to
gigabytes, and claim a row at the end of the world."""

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from openpyxl import load_workbook

from app.core import objections
from app.core.tables import NO_TEXT, BadFile, Record, TableLimits

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_PARTS: Final = 1_000
_MOST_CELLS: Final = 50
# Beyond it a number has lost digits: a spreadsheet keeps fifteen of them.
_EXACT: Final = 10**15


def read_workbook(data: bytes, limits: TableLimits) -> Iterator[Record]:
    """The rows of its first sheet, by their numbers; cells that are no text come as `NO_TEXT`."""
    line = 1
    try:
        _check_size(data, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which nobody reads here
            book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=_MOST_CELLS)
        for line, row in enumerate(rows, start=1):
            if line > 2 * limits.rows:
                raise BadFile(line, objections.many_rows(limits.rows))
            yield line, _cells(row)
    except BadFile:
        raise
    except Exception as broken:
        # Whatever a broken package makes of it: KeyError, BadZipFile, ParseError, zlib.error, …
        raise BadFile(line, objections.NO_WORKBOOK) from broken


def _check_size(data: bytes, limits: TableLimits) -> None:
    """By what its directory says: more than that is never unpacked (zipfile reads no further)."""
    with ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
        raise BadFile(1, objections.LARGE_WORKBOOK)


def _cells(row: Sequence[object]) -> list[str]:
    """Up to the last that is not empty: openpyxl fills every row up."""
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    is_exact = isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < _EXACT
    return str(cell) if is_exact else NO_TEXT
