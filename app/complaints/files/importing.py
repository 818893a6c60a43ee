"""Tables of older cases (RFC 4180, as spreadsheets in Indonesia write it), read row by row."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Final, NamedTuple

from app.complaints.files import cells
from app.complaints.rules import objections
from app.complaints.rules.cells import read_channel, read_day, read_kind, read_moment
from app.complaints.rules.importing import LONGEST_LINE, MOST_ROWS, clash_in
from app.complaints.rules.legacy import LegacyNumber
from app.complaints.rules.objections import BadCell, Objection
from app.complaints.rules.procedure import Channel, Kind
from app.complaints.schemas.desk import PersonOut

_BOM: Final = b"\xef\xbb\xbf"
_BEYOND: Final = ""
"""The name of what stands in a row where the header has none."""


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


@dataclass(frozen=True)
class OldCase:
    """One row, read; whether its codes exist only the database knows."""

    line: int
    number: LegacyNumber
    kind: Kind
    channel: Channel
    region_code: str
    office_code: str | None
    election_code: str | None
    occurred_on: date
    known_on: date
    submitted_at: datetime
    what: str
    place: str
    account: str
    reported: tuple[PersonOut, ...]
    reporter: PersonOut | None
    final_status: str | None


@dataclass
class Sheet:
    """What was read of a file, and what could not be."""

    rows: int = 0
    cases: list[OldCase] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


class Column(NamedTuple):
    """How a cell is read, and whether it may be empty."""

    read: Callable[[str], object]
    required: bool = True

    def objection(self, cell: str) -> Objection | None:
        if not cell:
            return objections.MISSING if self.required else None
        try:
            self.read(cell)
        except BadCell as bad:
            return bad.objection
        return None


COLUMNS: Final[Mapping[str, Column]] = {
    "legacy_number": Column(cells.read_legacy_number),
    "kind": Column(read_kind),
    "channel": Column(read_channel),
    "region_code": Column(cells.read_region_code),
    "office_code": Column(cells.read_office_code, required=False),
    "election_code": Column(cells.read_election_code, required=False),
    "occurred_on": Column(read_day),
    "known_on": Column(read_day),
    "submitted_at": Column(read_moment),
    "what": Column(cells.read_what),
    "place": Column(cells.read_place),
    "account": Column(cells.read_account),
    "reported_persons": Column(cells.read_reported),
    "reporter": Column(cells.read_reporter, required=False),
    "final_status": Column(cells.read_final_status, required=False),
}


def read_sheet(data: bytes) -> Sheet:
    """Read all rows; what is wrong with one does not keep us from looking at the next."""
    sheet = Sheet()
    try:
        for line, row in _rows(data):
            sheet.rows += 1
            if sheet.rows > MOST_ROWS:
                raise BadFile(line, objections.MANY_ROWS)
            faults = _faults_in(line, row) or _clashes_in(line, row)
            sheet.faults += faults
            if not faults:
                sheet.cases.append(_case(line, row))
        if not sheet.rows:
            raise BadFile(1, objections.EMPTY)
    except BadFile as bad:
        sheet.faults.append(bad.fault)
    return sheet


def _faults_in(line: int, row: Mapping[str, str]) -> list[RowFault]:
    if _BEYOND in row:
        return [RowFault(line, None, objections.MANY_CELLS)]
    return [
        RowFault(line, name, objection)
        for name, column in COLUMNS.items()
        if (objection := column.objection(row.get(name, ""))) is not None
    ]


def _clashes_in(line: int, row: Mapping[str, str]) -> list[RowFault]:
    """What its cells, good as each is by itself, say against each other."""
    number, kind = cells.read_legacy_number(row["legacy_number"]), read_kind(row["kind"])
    clash = clash_in(kind, number.parts, has_reporter=bool(row.get("reporter")))
    return [RowFault(line, *clash)] if clash else []


def _case(line: int, row: Mapping[str, str]) -> OldCase:
    office, election = row.get("office_code"), row.get("election_code")
    reporter, status = row.get("reporter"), row.get("final_status")
    return OldCase(
        line=line,
        number=cells.read_legacy_number(row["legacy_number"]),
        kind=read_kind(row["kind"]),
        channel=read_channel(row["channel"]),
        region_code=cells.read_region_code(row["region_code"]),
        office_code=cells.read_office_code(office) if office else None,
        election_code=cells.read_election_code(election) if election else None,
        occurred_on=read_day(row["occurred_on"]),
        known_on=read_day(row["known_on"]),
        submitted_at=read_moment(row["submitted_at"]),
        what=cells.read_what(row["what"]),
        place=cells.read_place(row["place"]),
        account=cells.read_account(row["account"]),
        reported=cells.read_reported(row["reported_persons"]),
        reporter=cells.read_reporter(reporter) if reporter else None,
        final_status=cells.read_final_status(status) if status else None,
    )


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line on which it begins; rows of nothing but empty cells are no rows."""
    records = _records(data)
    line, header = next(records, (1, []))
    names = [cell.casefold() for cell in header if cell]
    _check_header(line, names, header)
    for line, record in records:
        if any(record):
            row = dict(zip(names, record, strict=False))
            yield line, row | ({_BEYOND: ""} if any(record[len(names) :]) else {})


def _check_header(line: int, names: list[str], header: list[str]) -> None:
    if not names:
        raise BadFile(line, objections.EMPTY)
    if not set(names) <= COLUMNS.keys() or not all(header[: len(names)]):
        raise BadFile(line, objections.UNKNOWN_COLUMN)
    twice = [name for name in COLUMNS if names.count(name) > 1]
    missing = [name for name, each in COLUMNS.items() if each.required and name not in names]
    for found, objection in (
        (twice, objections.TWICE_COLUMN),
        (missing, objections.MISSING_COLUMN),
    ):
        if found:
            raise BadFile(line, objection, found[0])


def _records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    records = csv.reader(_lines(data), delimiter=_delimiter(data), strict=True)
    line = 1
    try:
        for record in records:
            yield line, [cell.strip() for cell in record]
            line = records.line_num + 1
    except csv.Error as broken:
        raise BadFile(line, objections.BROKEN) from broken


def _delimiter(data: bytes) -> str:
    """The one that parts the header: a spreadsheet set to Indonesian writes semicolons."""
    header = data[:LONGEST_LINE].partition(b"\n")[0]
    return ";" if header.count(b";") > header.count(b",") else ","


def _lines(data: bytes) -> Iterator[str]:
    for number, raw in enumerate(BytesIO(data.removeprefix(_BOM)), start=1):
        if len(raw) > LONGEST_LINE:
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
