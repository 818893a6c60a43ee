"""The cells of a table of older cases that hold text, codes or persons."""

import re
from typing import Final

from app.complaints.rules.legacy import LONGEST_NUMBER, LegacyNumber, read_number
from app.complaints.rules.objections import MANY_PERSONS, WRONG_PERSON, WRONG_REPORTER
from app.complaints.rules.procedure import MOST_PERSONS
from app.complaints.schemas.desk import PersonOut
from app.core import objections
from app.core.forms import PROSE_PATTERN
from app.core.objections import BadCell, Objection
from app.core.places import REGION_CODE
from app.core.tables import read_line
from app.elections.rules import ELECTION_CODE
from app.offices.rules import OFFICE_CODE

BETWEEN_PERSONS: Final = "|"
BETWEEN_PARTS: Final = ";"

# As the report form has them.
_LONGEST_WHAT: Final = 300
_LONGEST_PLACE: Final = 500
_LONGEST_ACCOUNT: Final = 20_000
_LONGEST_NAME: Final = 200
_LONGEST_STATUS: Final = 300
_LONGEST_CODE: Final = 40


def read_legacy_number(cell: str) -> LegacyNumber:
    return read_number(read_line(cell, LONGEST_NUMBER))


def read_region_code(cell: str) -> str:
    return _code(cell, REGION_CODE)


def read_office_code(cell: str) -> str:
    return _code(cell, OFFICE_CODE)


def read_election_code(cell: str) -> str:
    return _code(cell, ELECTION_CODE)


def read_what(cell: str) -> str:
    return read_line(cell, _LONGEST_WHAT)


def read_place(cell: str) -> str:
    return read_line(cell, _LONGEST_PLACE)


def read_final_status(cell: str) -> str:
    return read_line(cell, _LONGEST_STATUS)


def read_account(cell: str) -> str:
    """Text of several lines; a spreadsheet ends them in its own way."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > _LONGEST_ACCOUNT:
        raise BadCell(objections.TOO_LONG)
    if not re.fullmatch(PROSE_PATTERN, text):
        raise BadCell(objections.CONTROL)
    return text


def read_reported(cell: str) -> tuple[PersonOut, ...]:
    persons = cell.split(BETWEEN_PERSONS)
    if len(persons) > MOST_PERSONS:
        raise BadCell(MANY_PERSONS)
    return tuple(_reported(each) for each in persons)


def read_reporter(cell: str) -> PersonOut:
    name, address = _parts(cell, 2, WRONG_REPORTER)
    return PersonOut(name=name or "", address=address)


def _reported(written: str) -> PersonOut:
    name, position, office = _parts(written, 3, WRONG_PERSON)
    return PersonOut(name=name or "", position=position, office=office)


def _parts(written: str, most: int, objection: Objection) -> list[str | None]:
    """The parts of a person, of which the first is the name; what was left out is nothing."""
    parts = [read_line(part, _LONGEST_NAME) or None for part in written.split(BETWEEN_PARTS)]
    if not parts[0] or len(parts) > most:
        raise BadCell(objection)
    return parts + [None] * (most - len(parts))


def _code(cell: str, shape: str) -> str:
    if len(cell) > _LONGEST_CODE or not re.fullmatch(shape, cell):
        raise BadCell(objections.WRONG_SHAPE)
    return cell
