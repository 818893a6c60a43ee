"""Which offices there are, what they are called, and which of them can be added."""

import re
from enum import StrEnum
from typing import Final

from app.core.places import NATION, lies_in
from app.core.texts import Text
from app.regions.rules import Level, ancestors

ACEH: Final = "11"
"""Bawaslu is called Panwaslih there (UU 11/2006, Art. 60)."""

OFFICE_CODE: Final = r"^[a-z0-9]+([.-][a-z0-9]+)*$"

# domain.md, 1.9: province and regency, and a third group where the office is of a district.
_OWN_CODE: Final = re.compile(r"[0-9]{2}\.[0-9]{2}")
_OWN_CODE_OF_DISTRICT: Final = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")


class OfficeKind(StrEnum):
    BAWASLU = "bawaslu"
    BKN = "bkn"
    KPU = "kpu"
    GAKKUMDU = "gakkumdu"
    KEMENDAGRI = "kemendagri"
    PERSONNEL_AGENCY = "personnel_agency"
    OTHER = "other"


LABELS: Final[dict[StrEnum, Text]] = {
    OfficeKind.BAWASLU: Text("Bawaslu", "Election supervisory body (Bawaslu)"),
    OfficeKind.BKN: Text("BKN", "National civil service agency (BKN)"),
    OfficeKind.KPU: Text("KPU", "Election commission (KPU)"),
    OfficeKind.GAKKUMDU: Text("Sentra Gakkumdu", "Integrated enforcement centre (Gakkumdu)"),
    OfficeKind.KEMENDAGRI: Text("Kemendagri", "Ministry of home affairs (Kemendagri)"),
    OfficeKind.PERSONNEL_AGENCY: Text("BKD/BKPSDM", "Personnel agency of a staffing authority"),
    OfficeKind.OTHER: Text("Instansi lain", "Another agency"),
}


def may_be_added(kind: OfficeKind, level: Level) -> bool:
    """Bawaslu's offices down to the regencies come with the regions; those below are ad hoc."""
    if kind is OfficeKind.BAWASLU:
        return level is Level.DISTRICT
    return level not in (Level.DISTRICT, Level.VILLAGE)


def is_own_code(kind: OfficeKind, level: Level, code: str) -> bool:
    """Whether a case number can carry it: only of Bawaslu's own series do we know the shape."""
    if kind is not OfficeKind.BAWASLU:
        return True
    shape = _OWN_CODE_OF_DISTRICT if level is Level.DISTRICT else _OWN_CODE
    return shape.fullmatch(code) is not None


def office_code(kind: OfficeKind, region_code: str, suffix: str | None = None) -> str:
    """The natural key of an office: nobody can take the code of another region's office."""
    parts = [kind.replace("_", "-"), region_code, *([suffix] if suffix else [])]
    return "-".join(parts)


def bawaslu_name(level: Level, region_code: str, region_name: str) -> str:
    body = "Panwaslih" if lies_in(region_code, ACEH) else "Bawaslu"
    if level is Level.NATION:
        return "Bawaslu Republik Indonesia"
    return f"{body} Provinsi {region_name}" if level is Level.PROVINCE else f"{body} {region_name}"


def regions_above(region_code: str) -> list[str]:
    """The regions in which the superior office can lie, the nearest first."""
    if region_code == NATION:
        return []
    return [*reversed(ancestors(region_code)), NATION]
