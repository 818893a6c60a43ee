"""Tables of older cases (RFC 4180, as spreadsheets in Indonesia write it), read row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.complaints.files import cells
from app.complaints.rules.cells import read_channel, read_day, read_kind, read_moment
from app.complaints.rules.importing import LONGEST_LINE, MOST_ROWS, clash_in
from app.complaints.rules.legacy import LegacyNumber
from app.complaints.rules.procedure import Channel, Kind
from app.complaints.schemas.desk import PersonOut
from app.core import objections
from app.core.tables import BadFile, Column, RowFault, faults_in, read_csv, rows_of


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
        for line, row in rows_of(read_csv(data, LONGEST_LINE), COLUMNS):
            sheet.rows += 1
            if sheet.rows > MOST_ROWS:
                raise BadFile(line, objections.many_rows(MOST_ROWS))
            faults = faults_in(line, row, COLUMNS) or _clashes_in(line, row)
            sheet.faults += faults
            if not faults:
                sheet.cases.append(_case(line, row))
        if not sheet.rows:
            raise BadFile(1, objections.EMPTY)
    except BadFile as bad:
        sheet.faults.append(bad.fault)
    return sheet


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
