"""Tables that come as XLSX, read row by row and never trusted: a small file may unpack to
gigabytes, and claim a row at the end of the world."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

import app
from app.core import objections
from app.core.tables import BadFile, Record, TableLimits

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROOT: Final = Path(app.__file__).parent.parent

_Process: TypeAlias = "subprocess.Popen[bytes]"


def read_workbook(data: bytes, limits: TableLimits) -> Iterator[Record]:
    """The rows of its first sheet, by their numbers; cells that are no text come as `NO_TEXT`.

    A process with little memory reads them: measured, a row of a million empty cells, 8.5 kB as
    sent, takes 300 MB before any limit of rows or columns is asked.
    """
    asked = (str(most) for most in (limits.rows, limits.unpacked, limits.line))
    command = (sys.executable, "-E", "-s", "-B", "-m", "app.core.workbook_rows", *asked)
    with subprocess.Popen(  # noqa: S603  a command of ours
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd=_ROOT,
    ) as process:
        try:
            yield from _told(process, data, limits)
        finally:
            process.kill()


def _told(process: _Process, data: bytes, limits: TableLimits) -> Iterator[Record]:
    into, out = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    # It reads all before it says a word, unless it ends: then its words are missing.
    with suppress(BrokenPipeError), into:
        into.write(data)
    line = 1
    for said in map(json.loads, out):
        if isinstance(said, dict):
            if said["code"] is not None:
                raise BadFile(said["line"], _objection(said["code"], limits))
            return
        line, cells = said
        yield line, cells
    # It was ended by a limit of its own.
    raise BadFile(line, objections.LARGE_WORKBOOK)


def _objection(code: str, limits: TableLimits) -> objections.Objection:
    known = (
        objections.NO_WORKBOOK,
        objections.LARGE_WORKBOOK,
        objections.LONG_LINE,
        objections.many_rows(limits.rows),
    )
    return next(each for each in known if each.code == code)
