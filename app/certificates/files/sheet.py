"""A certificate or document on paper, as PDF: the same bytes for the same words everywhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from app.certificates.files.typesetting import qr_picture, typeset, typeset_apart
from app.core.texts import Text

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "sheet.typ"

WHERE: Final = Text("Periksa surat ini di", "Check this paper at")
CODE: Final = Text("Kode", "Code")


@dataclass(frozen=True)
class Line:
    """What is said, and about what."""

    about: Text
    said: Text
    is_hash: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under heads; `widths` are shares of the line."""

    heads: Sequence[Text]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """One part of a sheet: whatever it has of prose, numbered points, lines, a table, and a
    picture in SVG."""

    title: Text | None = None
    prose: Sequence[Text] = ()
    points: Sequence[Text] = ()
    lines: Sequence[Line] = ()
    table: Table | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Sheet:
    """All words of a paper in the order in which they are read.

    `stamp` is what makes it worthless, across the page; `files` travel inside the PDF.
    """

    title: Text
    heading: str
    sections: Sequence[Section]
    address: str | None = None
    code: str | None = None
    stamp: Text | None = None
    files: Mapping[str, str] = field(default_factory=dict)


def print_sheet(sheet: Sheet, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Typeset it; every word is handed over as data, none of them as source."""
    return typeset(TEMPLATE, {"sheet": json.dumps(_words(sheet))}, form)


def print_long_sheet(sheet: Sheet) -> bytes:
    """The same for a sheet with a long table, in a process of its own."""
    return typeset_apart(TEMPLATE, {"sheet": json.dumps(_words(sheet))})


def _words(sheet: Sheet) -> dict[str, object]:
    return {
        "title": sheet.title,
        "heading": sheet.heading,
        "sections": [_section(each) for each in sheet.sections],
        "address": sheet.address,
        "code": sheet.code,
        "qr": qr_picture(sheet.address) if sheet.address else None,
        "where": WHERE,
        "code_said": CODE,
        "stamp": sheet.stamp,
        "files": [{"name": name, "text": text} for name, text in sheet.files.items()],
    }


def _section(section: Section) -> dict[str, object]:
    table = section.table
    return {
        "title": section.title,
        "prose": section.prose,
        "points": section.points,
        "lines": [
            {"about": line.about, "said": line.said, "hash": line.is_hash} for line in section.lines
        ],
        "table": table and {"heads": table.heads, "widths": table.widths, "rows": table.rows},
        "picture": section.picture,
    }
