"""Tables that people fill in with a spreadsheet: CSV (RFC 4180, as spreadsheets in Indonesia write
it), their header, and what is wrong with their rows."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from app.core import objections
from app.core.objections import BadCell, Objection
from app.core.sheets import is_formula
from app.core.texts import LINE_PATTERN

# By it a spreadsheet knows the encoding; set to Indonesian it parts cells at semicolons.
BOM: Final = "\ufeff"
DELIMITER: Final = ";"
NO_TEXT: Final = "\x00"
"""Stands for a cell of a workbook that is a number, a day or a formula: no text can be this."""
_BYTE_ORDER: Final = BOM.encode()
_BEYOND: Final = ""
"""The name of what stands in a row where the header has none."""

Record: TypeAlias = tuple[int, list[str]]
"""The cells of a row, and the line on which it begins."""
Row: TypeAlias = tuple[int, dict[str, str]]


class TableLimits(NamedTuple):
    """How much of a table is read: rows, bytes as sent and unpacked, bytes of one line."""

    rows: int
    bytes: int
    unpacked: int
    line: int


class RowFault(NamedTuple):
    """Where in the file something is wrong, as a text editor counts lines, and what."""

    line: int
    column: str | None
    objection: Objection


class BadFile(ValueError):
    """From here on the file cannot be read."""

    def __init__(self, line: int, objection: Objection, column: str | None = None) -> None:
        self.fault = RowFault(line, column, objection)
        super().__init__(objection.code)


class Column(NamedTuple):
    """How a cell is read, and whether it may be empty."""

    read: Callable[[str], object]
    required: bool = True

    def objection(self, cell: str) -> Objection | None:
        if not cell:
            return objections.MISSING if self.required else None
        if cell == NO_TEXT:
            return objections.NOT_TEXT
        try:
            self.read(cell)
        except BadCell as bad:
            return bad.objection
        return None


def read_line(cell: str, most: int) -> str:
    """One line, however it was broken in its cell."""
    text = " ".join(cell.split())
    if len(text) > most:
        raise BadCell(objections.TOO_LONG)
    if not re.fullmatch(LINE_PATTERN, text):
        raise BadCell(objections.CONTROL)
    return text


def read_plain_line(cell: str, most: int) -> str:
    """One line that no spreadsheet will ever take for a formula."""
    if is_formula(cell):
        raise BadCell(objections.FORMULA)
    return read_line(cell, most)


def faults_in(line: int, row: Mapping[str, str], columns: Mapping[str, Column]) -> list[RowFault]:
    """What is wrong with the cells of a row, each by itself."""
    if _BEYOND in row:
        return [RowFault(line, None, objections.MANY_CELLS)]
    return [
        RowFault(line, name, objection)
        for name, column in columns.items()
        if (objection := column.objection(row.get(name, ""))) is not None
    ]


def rows_of(
    records: Iterator[Record],
    columns: Mapping[str, Column],
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Row]:
    """Each row by the names of its header; rows of nothing but empty cells are no rows."""
    line, header = next(records, (1, []))
    names = [aliases.get(name, name) for name in (cell.casefold() for cell in header if cell)]
    _check_header(line, names, header, columns)
    for line, record in records:
        if any(record):
            row = dict(zip(names, record, strict=False))
            yield line, row | ({_BEYOND: ""} if any(record[len(names) :]) else {})


def _check_header(
    line: int, names: list[str], header: list[str], columns: Mapping[str, Column]
) -> None:
    if not names:
        raise BadFile(line, objections.EMPTY)
    if not set(names) <= columns.keys() or not all(header[: len(names)]):
        raise BadFile(line, objections.UNKNOWN_COLUMN)
    twice = [name for name in columns if names.count(name) > 1]
    missing = [name for name, each in columns.items() if each.required and name not in names]
    for found, objection in (
        (twice, objections.TWICE_COLUMN),
        (missing, objections.MISSING_COLUMN),
    ):
        if found:
            raise BadFile(line, objection, found[0])


def read_csv(data: bytes, longest_line: int) -> Iterator[Record]:
    """Read a table row by row; a line of more bytes than that is no row."""
    lines = _lines(data, longest_line)
    records = csv.reader(lines, delimiter=_delimiter(data, longest_line), strict=True)
    line = 1
    try:
        for record in records:
            yield line, [cell.strip() for cell in record]
            line = records.line_num + 1
    except csv.Error as broken:
        raise BadFile(line, objections.BROKEN) from broken


def write_table(names: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as a spreadsheet set to Indonesian opens it; the caller puts the BOM before it."""
    paper = StringIO()
    writer = csv.DictWriter(paper, names, delimiter=DELIMITER)
    writer.writeheader()
    writer.writerows(rows)
    return paper.getvalue()


def _delimiter(data: bytes, longest_line: int) -> str:
    """The one that parts the header: a spreadsheet set to Indonesian writes semicolons."""
    header = data[:longest_line].partition(b"\n")[0]
    return ";" if header.count(b";") > header.count(b",") else ","


def _lines(data: bytes, longest_line: int) -> Iterator[str]:
    for number, raw in enumerate(BytesIO(data.removeprefix(_BYTE_ORDER)), start=1):
        if len(raw) > longest_line:
            raise BadFile(number, objections.LONG_LINE)
        if b"\0" in raw:
            raise BadFile(number, _encoding_or_nul(data))
        try:
            yield raw.decode()
        except UnicodeDecodeError as foreign:
            raise BadFile(number, objections.NOT_UTF8) from foreign


def _encoding_or_nul(data: bytes) -> Objection:
    """UTF-16 is full of zeros: whoever sent it is better told of the encoding."""
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return objections.NOT_UTF8 if is_utf_16 else objections.NUL
