"""`python -m app.core.workbook_rows <rows> <unpacked> <line>`: an XLSX in, its rows out as lines.

Each line is JSON: `[4, ["…", …]]` for a row, and at the end `{"line": 9, "code": …}`, the code of
what is wrong or null. Whatever a hostile file makes of the library that reads it ends here.
"""

import json
import resource
import sys
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from openpyxl import load_workbook

from app.core import objections
from app.core.tables import NO_TEXT, BadFile, Record, TableLimits

ADDRESS_SPACE: Final = 768 * 1024 * 1024
"""Bytes. Measured: 100,000 rows of 8 different texts take 290 MB."""
_PROCESSOR_SECONDS: Final = 120
_MOST_PARTS: Final = 1_000
_MOST_CELLS: Final = 50
# Beyond it a number has lost digits: a spreadsheet keeps fifteen of them.
_EXACT: Final = 10**15


def main(limits: TableLimits) -> None:
    data = sys.stdin.buffer.read()
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, _PROCESSOR_SECONDS),
    ):
        resource.setrlimit(kind, (most, most))
    line, code = 1, None
    try:
        for line, cells in _rows(data, limits):
            _say([line, cells])
    except BadFile as bad:
        line, code = bad.fault.line, bad.fault.objection.code
    except MemoryError:
        code = objections.LARGE_WORKBOOK.code
    # Whatever a broken package makes of it: KeyError, BadZipFile, ParseError, zlib.error, …
    except Exception:
        code = objections.NO_WORKBOOK.code
    _say({"line": line, "code": code})


def _rows(data: bytes, limits: TableLimits) -> Iterator[Record]:
    _check_size(data, limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles, which nobody reads here
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    rows = book.worksheets[0].iter_rows(values_only=True, max_col=_MOST_CELLS)
    for line, row in enumerate(rows, start=1):
        if line > 2 * limits.rows:
            raise BadFile(line, objections.many_rows(limits.rows))
        cells = _cells(row)
        # One text may stand in every cell of the sheet.
        if sum(map(len, cells)) > limits.line:
            raise BadFile(line, objections.LONG_LINE)
        yield line, cells


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


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    rows, unpacked, longest = map(int, sys.argv[1:])
    main(TableLimits(rows=rows, bytes=0, unpacked=unpacked, line=longest))
