"""Who can be addressed: categories of posts, the level of region each belongs to, and the office
that the post stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from app.core.errors import RuleBroken
from app.core.places import NATION, area_of, lies_in
from app.core.texts import Text
from app.offices.rules import OfficeKind
from app.regions.rules import Level, level_of

MOST_ADDRESSED: Final = 100_000
"""Offices that one circular reaches: all villages and everybody above them."""
MOST_LINES: Final = 50
MOST_NAMES: Final = 200
MOST_DEPTH: Final = 8

WEST_SUMATRA: Final = "13"
_URBAN: Final = "1"


class AddresseeCategory(StrEnum):
    """What kind of post a circular is addressed to."""

    REGIONAL_HEAD = "regional_head"
    REGIONAL_SECRETARY = "regional_secretary"
    REGIONAL_AGENCY = "regional_agency"
    PERSONNEL_AGENCY = "personnel_agency"
    SUBDISTRICT_HEAD = "subdistrict_head"
    URBAN_VILLAGE_HEAD = "urban_village_head"
    VILLAGE_HEAD = "village_head"
    SUPERVISOR = "supervisor"
    OTHER = "other"


_REGIONAL: Final = (Level.PROVINCE, Level.REGENCY, Level.CITY)

LEVELS: Final[Mapping[AddresseeCategory, tuple[Level, ...]]] = {
    AddresseeCategory.REGIONAL_HEAD: _REGIONAL,
    AddresseeCategory.REGIONAL_SECRETARY: _REGIONAL,
    AddresseeCategory.REGIONAL_AGENCY: _REGIONAL,
    AddresseeCategory.PERSONNEL_AGENCY: _REGIONAL,
    AddresseeCategory.SUBDISTRICT_HEAD: (Level.DISTRICT,),
    AddresseeCategory.URBAN_VILLAGE_HEAD: (Level.VILLAGE,),
    AddresseeCategory.VILLAGE_HEAD: (Level.VILLAGE,),
    AddresseeCategory.SUPERVISOR: (*_REGIONAL, Level.DISTRICT),
    AddresseeCategory.OTHER: tuple(Level),
}

REGISTERED: Final[Mapping[AddresseeCategory, tuple[OfficeKind, ...]]] = {
    AddresseeCategory.REGIONAL_AGENCY: (OfficeKind.PERSONNEL_AGENCY, OfficeKind.OTHER),
    AddresseeCategory.PERSONNEL_AGENCY: (OfficeKind.PERSONNEL_AGENCY,),
    AddresseeCategory.SUPERVISOR: (OfficeKind.BAWASLU,),
}
"""Whose offices are in the register; every one of them in the region is addressed."""

NAMED_ONLY: Final = frozenset({AddresseeCategory.OTHER})
"""Without names or offices nobody knows who is meant."""

_POSTS: Final[Mapping[AddresseeCategory, str]] = {
    AddresseeCategory.REGIONAL_SECRETARY: "Sekretaris Daerah",
    AddresseeCategory.REGIONAL_AGENCY: "Kepala Perangkat Daerah",
    AddresseeCategory.PERSONNEL_AGENCY: "Kepala BKD/BKPSDM",
    AddresseeCategory.SUBDISTRICT_HEAD: "Camat",
    AddresseeCategory.URBAN_VILLAGE_HEAD: "Lurah",
    AddresseeCategory.VILLAGE_HEAD: "Kepala Desa",
    AddresseeCategory.SUPERVISOR: "Ketua Bawaslu",
    AddresseeCategory.OTHER: "Pimpinan",
}
_HEADS: Final = {
    Level.PROVINCE: "Gubernur",
    Level.REGENCY: "Bupati",
    Level.CITY: "Wali Kota",
}
_OFFICES: Final[Mapping[AddresseeCategory, str]] = {
    AddresseeCategory.REGIONAL_HEAD: "Pemerintah",
    AddresseeCategory.REGIONAL_SECRETARY: "Sekretariat Daerah",
    AddresseeCategory.SUBDISTRICT_HEAD: "Kantor Camat",
    AddresseeCategory.URBAN_VILLAGE_HEAD: "Kantor Lurah",
    AddresseeCategory.VILLAGE_HEAD: "Kantor Desa",
}


class Seat(NamedTuple):
    """An office that is addressed, and the post that answers for it."""

    office_name: str
    post: str


@dataclass(frozen=True)
class Reached:
    """What is in reach of whoever addresses: its area, and how deep the cascade is there."""

    area: str
    depth: int


def is_of_regions(category: AddresseeCategory) -> bool:
    """Whether each region of its level has exactly one, so that none needs a name."""
    return category in _OFFICES


def levels_wanted(category: AddresseeCategory, level: Level | None) -> tuple[Level, ...]:
    return LEVELS[category] if level is None else (level,)


def is_meant(category: AddresseeCategory, region_code: str) -> bool:
    """Whether a region has this post: a village code tells a kelurahan (1…) from a desa."""
    if level_of(region_code) not in LEVELS[category]:
        return False
    if category is AddresseeCategory.URBAN_VILLAGE_HEAD:
        return _number(region_code).startswith(_URBAN)
    if category is AddresseeCategory.VILLAGE_HEAD:
        return not _number(region_code).startswith(_URBAN)
    return True


def seat_in(category: AddresseeCategory, region_code: str, region_name: str) -> Seat:
    """The one seat of a category in a region."""
    level = level_of(region_code)
    kind = "Provinsi " if level is Level.PROVINCE else ""
    if category is AddresseeCategory.VILLAGE_HEAD and lies_in(region_code, WEST_SUMATRA):
        # Of West Sumatra's villages most are nagari; the register does not say which.
        return Seat(f"Kantor Wali Nagari/Desa {region_name}", "Wali Nagari/Kepala Desa")
    return Seat(f"{_OFFICES[category]} {kind}{region_name}", post_in(category, level))


def post_in(category: AddresseeCategory, level: Level) -> str:
    if category is AddresseeCategory.REGIONAL_HEAD:
        return _HEADS.get(level, "Kepala Daerah")
    return _POSTS[category]


def check_line(category: AddresseeCategory, level: Level | None, *, is_described: bool) -> None:
    """A level that the category has, and names where only names can tell who is meant."""
    if level is not None and level not in LEVELS[category]:
        raise RuleBroken(
            "wrong-level",
            Text("Jabatan ini tidak ada di tingkat itu.", "There is no such post at this level."),
        )
    if category in NAMED_ONLY and not is_described:
        raise RuleBroken(
            "names-missing",
            Text("Sebutkan kantor yang dituju.", "Name the offices that are addressed."),
        )


def outside(region_codes: Iterable[str], area: str) -> list[int]:
    """Which of these regions lie outside of what an office may address."""
    return [place for place, code in enumerate(region_codes) if not lies_in(code, area)]


def area_below(region_code: str) -> str:
    """What an addressed office forwards to: everything in its own region."""
    return area_of(region_code) if region_code != NATION else ""


def _number(region_code: str) -> str:
    return region_code.rpartition(".")[2]
