"""Of which area a reader may ask, and into which regions it is broken down."""

from enum import StrEnum
from typing import Final

from app.core.errors import Fault, Invalid, NotAllowed
from app.core.places import NATION, area_of, lies_in
from app.core.texts import Text
from app.stats.rules.units import Unit


class Depth(StrEnum):
    """A level of regions; cities count with the regencies."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


_DEPTHS: Final = tuple(Depth)
_CODE_LENGTHS: Final = {
    Depth.PROVINCE: 2,
    Depth.REGENCY: 5,
    Depth.DISTRICT: 8,
    Depth.VILLAGE: 13,
}

DEEPEST: Final = 2
"""A table goes two levels down: a nation of 83,762 villages is no table."""


def area_asked(own: str | None, region: str | None) -> str:
    """Return the area that a figure is about: the reader's own, or the part that he names."""
    if own is None:
        raise NotAllowed
    asked = own if region is None else area_of(region)
    if not lies_in(asked, own):
        raise _invalid(
            "/region",
            "outside-area",
            "Wilayah ini di luar wilayah Anda.",
            "This region lies outside your area.",
        )
    return asked


def depth_of(area: str, wanted: Depth | None) -> Depth:
    """Return the level of the rows of a table: the one right below the area, or the one wanted."""
    below = _DEPTHS[_height(area) :][:DEEPEST]
    if not below or (wanted is not None and wanted not in below):
        raise _invalid(
            "/level",
            "level-not-below",
            "Pilih satu atau dua tingkat di bawah wilayah itu.",
            "Choose one or two levels below that region.",
        )
    return wanted or below[0]


def code_length(depth: Depth) -> int:
    """How many characters of a region code lead down to this level."""
    return _CODE_LENGTHS[depth]


def is_counted(unit: Unit, area: str) -> bool:
    """Whether things of this unit are counted there: signatures only down to regencies."""
    return unit is not Unit.SIGNATURE or len(area) <= code_length(Depth.REGENCY)


def code_of(area: str) -> str:
    return area or NATION


def row_label(code: str, name: str, depth: Depth) -> Text:
    """How a row is called; one above the level of the table is not the sum of its parts."""
    known = name or code
    if code != NATION and len(code) >= code_length(depth):
        return Text(known, known)
    return Text(f"{known}, tanpa rincian wilayah", f"{known}, not of any one part")


def _height(area: str) -> int:
    return 0 if area == "" else area.count(".") + 1


def _invalid(pointer: str, code: str, id: str, en: str) -> Invalid:
    return Invalid(Fault(pointer, code, Text(id, en)))
