"""XLSX is read, and never trusted."""

import resource
import subprocess
import sys
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from app.core.tables import NO_TEXT, BadFile, TableLimits
from app.core.workbook_rows import ADDRESS_SPACE
from app.core.workbooks import read_workbook
from tests.declarations.enlisting import workbook

LIMITS = TableLimits(rows=100, bytes=10_000, unpacked=200_000, line=1_000)


def refusal(data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        list(read_workbook(data, LIMITS))
    return refused.value.fault.objection.code


def changed(name: str, content: bytes) -> bytes:
    """A workbook one of whose parts is another."""
    paper = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(["a"], header=["name"]))) as old,
        zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return paper.getvalue()


def test_only_text_and_exact_numbers_are_read() -> None:
    rows = workbook([" a ", 13, 13.03, 198001012005011001, True, None], header=["name"])

    assert list(read_workbook(rows, LIMITS)) == [
        (1, ["name"]),
        (2, ["a", "13", NO_TEXT, NO_TEXT, NO_TEXT]),
    ]


def test_what_unpacks_to_more_than_it_may_is_not_unpacked() -> None:
    bomb = changed("xl/worksheets/sheet1.xml", b" " * (LIMITS.unpacked + 1))

    assert len(bomb) < 20_000
    assert refusal(bomb) == "workbook-too-large"


def test_entities_are_not_resolved() -> None:
    sheet = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
        b"</sheetData></worksheet>"
    )

    assert refusal(changed("xl/worksheets/sheet1.xml", sheet)) == "not-a-workbook"


def test_a_row_at_the_end_of_the_world_ends_the_reading() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>'
    )

    assert refusal(changed("xl/worksheets/sheet1.xml", sheet)) == "too-many-rows"


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_said_to_be_none(data: bytes) -> None:
    assert refusal(data) == "not-a-workbook"


def test_a_row_of_millions_of_cells_takes_none_of_our_memory() -> None:
    """Measured by what it may take at most: 4 MB unpacked were 300 MB in this process."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1">' + b"<c/>" * 4_000_000 + b"</row></sheetData></worksheet>"
    )
    bomb = changed("xl/worksheets/sheet1.xml", sheet)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert len(bomb) < 40_000
    with pytest.raises(BadFile) as refused:
        list(read_workbook(bomb, LIMITS._replace(unpacked=20_000_000)))
    assert refused.value.fault.objection.code == "workbook-too-large"
    # In KiB.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert largest_child(bomb) * 1024 < ADDRESS_SPACE


def largest_child(bomb: bytes) -> int:
    """What the reader of this workbook takes at most, in KiB: seen from a process that has no other
    children."""
    reading = [sys.executable, "-m", "tests.core.test_workbooks"]
    said = subprocess.run(reading, input=bomb, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return int(said.stdout)


def test_one_text_in_every_cell_is_no_row() -> None:
    strings = workbook(["a" * 700, "b" * 700], header=["name"])

    assert refusal(strings) == "line-too-long"


if __name__ == "__main__":
    with suppress(BadFile):
        list(read_workbook(sys.stdin.buffer.read(), LIMITS._replace(unpacked=20_000_000)))
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
