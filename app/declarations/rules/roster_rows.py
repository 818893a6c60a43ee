"""The rows of a roster, as offices write them: words for groups and roles in both languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from app.core import objections
from app.core.objections import BadCell, Objection
from app.core.places import REGION_CODE
from app.core.tables import (
    BadFile,
    Column,
    Record,
    RowFault,
    faults_in,
    read_plain_line,
    rows_of,
)
from app.core.texts import Text
from app.declarations.rules.kinds import EMPLOYEE_NUMBER, Group, SignatoryRole
from app.declarations.rules.roster_words import read_group, read_role
from app.declarations.rules.rosters import LIMITS

_LONGEST: Final = 200
_LONGEST_REPRESENTED: Final = 300

WRONG_NUMBER: Final = Objection(
    "not-an-employee-number",
    Text(
        "NIP atau NI PPPK terdiri atas 18 angka (lama: 9); boleh dikosongkan.",
        "A NIP or NI PPPK has 18 digits (older ones 9); it may be left out.",
    ),
)
REPRESENTS: Final = Objection(
    "represents-somebody",
    Text(
        "Isi pihak yang diwakili bila, dan hanya bila, perannya wakil.",
        "Name who is represented if, and only if, the role is representative.",
    ),
)
TWICE: Final = Objection(
    "row-twice",
    Text(
        "Orang atau jabatan ini sudah ada di baris lain berkas ini.",
        "This person or post is in another row of this file.",
    ),
)
LISTED: Final = Objection(
    "already-on-roster",
    Text(
        "Orang atau jabatan ini sudah ada di daftar deklarasi ini.",
        "This person or post is on the roster already.",
    ),
)
OUTSIDE: Final = Objection(
    "outside-declaration",
    Text(
        "Wilayah ini di luar wilayah deklarasi.",
        "This region lies outside the area of the declaration.",
    ),
)
ENDED: Final = Objection(
    "declaration-ended",
    Text("Deklarasi ini sudah berakhir.", "This declaration has ended."),
)


def _region_code(cell: str) -> str:
    if not re.fullmatch(REGION_CODE, cell):
        raise BadCell(objections.WRONG_SHAPE)
    return cell


def _employee_number(cell: str) -> str:
    digits = re.sub(r"[\s.-]", "", cell)
    if not re.fullmatch(EMPLOYEE_NUMBER, digits):
        raise BadCell(WRONG_NUMBER)
    return digits


_line = partial(read_plain_line, most=_LONGEST)
_represented = partial(read_plain_line, most=_LONGEST_REPRESENTED)

COLUMNS: Final[Mapping[str, Column]] = {
    "name": Column(_line, required=False),
    "position": Column(_line),
    "office": Column(_line),
    "group": Column(read_group),
    "role": Column(read_role, required=False),
    "represents": Column(_represented, required=False),
    "region_code": Column(_region_code),
    "nip": Column(_employee_number, required=False),
}
ALIASES: Final[Mapping[str, str]] = {
    "nama": "name",
    "jabatan": "position",
    "instansi": "office",
    "kantor": "office",
    "kelompok": "group",
    "peran": "role",
    "mewakili": "represents",
    "kode_wilayah": "region_code",
    "kode wilayah": "region_code",
    "employee_number": "nip",
}
EXAMPLES: Final[tuple[Mapping[str, str], ...]] = (
    {
        "name": "Contoh Rekaan",
        "position": "Camat",
        "office": "Kecamatan Rekaan",
        "group": "PNS",
        "role": "penanda tangan",
        "region_code": "13.03",
    },
    {
        "position": "Kepala Dinas",
        "office": "Dinas Rekaan",
        "group": "PNS",
        "role": "wakil",
        "represents": "Seluruh pegawai Dinas Rekaan",
        "region_code": "13.03",
    },
)
"""The rows of the template: a person, and a post whose holder is not named."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Who should sign, as one row says it; without a name, whoever holds the post."""

    line: int
    name: str
    position: str
    office: str
    group: Group
    role: SignatoryRole
    region_code: str
    employee_number: str | None
    represents: str | None


@dataclass
class Roster:
    """What was read of a table, and what could not be."""

    rows: int = 0
    good: list[RosterRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def read_roster(records: Iterator[Record]) -> Iterator[Roster]:
    """Read all rows, yielding what there is so far at every thousandth of them and at the end."""
    roster = Roster()
    try:
        for line, row in rows_of(records, COLUMNS, ALIASES):
            roster.rows += 1
            if roster.rows > LIMITS.rows:
                raise BadFile(line, objections.many_rows(LIMITS.rows))
            _take(roster, line, row)
            if not roster.rows % 1_000:
                yield roster
        if not roster.rows:
            raise BadFile(1, objections.EMPTY)
    except BadFile as bad:
        roster.faults.append(bad.fault)
    yield roster


def _take(roster: Roster, line: int, row: Mapping[str, str]) -> None:
    faults = faults_in(line, row, COLUMNS)
    if not faults:
        read = _row(line, row)
        if (read.role is SignatoryRole.REPRESENTATIVE) is not (read.represents is not None):
            faults = [RowFault(line, "represents", REPRESENTS)]
        else:
            roster.good.append(read)
    roster.faults += faults


def _row(line: int, row: Mapping[str, str]) -> RosterRow:
    name, role = row.get("name"), row.get("role")
    number, represents = row.get("nip"), row.get("represents")
    return RosterRow(
        line=line,
        name=_line(name) if name else "",
        position=_line(row["position"]),
        office=_line(row["office"]),
        group=read_group(row["group"]),
        role=read_role(role) if role else SignatoryRole.SIGNATORY,
        region_code=_region_code(row["region_code"]),
        employee_number=_employee_number(number) if number else None,
        represents=_represented(represents) if represents else None,
    )
