"""Whom an event invites by one word: the posts that the regions of each level have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from app.core.errors import RuleBroken
from app.core.texts import Text
from app.offices.rules import OfficeKind
from app.regions.rules import Level, level_of


class InvitationCategory(StrEnum):
    """The kinds of posts that are invited (domain.md, sections 5 and 9)."""

    REGIONAL_HEAD = "regional_head"
    REGIONAL_SECRETARY = "regional_secretary"
    REGIONAL_AGENCY = "regional_agency"
    PERSONNEL_AGENCY = "personnel_agency"
    SUBDISTRICT_HEAD = "subdistrict_head"
    URBAN_VILLAGE_HEAD = "urban_village_head"
    VILLAGE_HEAD = "village_head"
    SUPERVISOR = "supervisor"
    SUBDISTRICT_SUPERVISOR = "subdistrict_supervisor"
    ELECTION_COMMISSION = "election_commission"
    MILITARY = "military"
    POLICE = "police"
    POLITICAL_PARTY = "political_party"
    PRESS = "press"
    COMMUNITY = "community"
    OTHER = "other"


class Title(NamedTuple):
    """How an office of a region is called, `{}` being the region, and the post that is invited."""

    office: str
    post: str


class InvitedPost(NamedTuple):
    """By this a post is known again that was invited before."""

    category: InvitationCategory | None
    region_code: str
    office_name: str
    post: str


_HEADS: Final = Title("Pemerintah {}", "Bupati")
_SECRETARIAT: Final = Title("Sekretariat Daerah {}", "Sekretaris Daerah")
_AGENCY: Final = Title("BKPSDM {}", "Kepala BKPSDM")
_NAGARI: Final = Title("Nagari {}", "Wali Nagari")

TITLES: Final[Mapping[InvitationCategory, Mapping[Level, Title]]] = {
    InvitationCategory.REGIONAL_HEAD: {
        Level.PROVINCE: Title("Pemerintah Provinsi {}", "Gubernur"),
        Level.REGENCY: _HEADS,
        Level.CITY: _HEADS._replace(post="Wali Kota"),
    },
    InvitationCategory.REGIONAL_SECRETARY: {
        Level.PROVINCE: _SECRETARIAT._replace(office="Sekretariat Daerah Provinsi {}"),
        Level.REGENCY: _SECRETARIAT,
        Level.CITY: _SECRETARIAT,
    },
    InvitationCategory.PERSONNEL_AGENCY: {
        Level.PROVINCE: Title("BKD Provinsi {}", "Kepala BKD"),
        Level.REGENCY: _AGENCY,
        Level.CITY: _AGENCY,
    },
    InvitationCategory.SUBDISTRICT_HEAD: {Level.DISTRICT: Title("Kecamatan {}", "Camat")},
    InvitationCategory.URBAN_VILLAGE_HEAD: {Level.VILLAGE: Title("Kelurahan {}", "Lurah")},
    InvitationCategory.VILLAGE_HEAD: {Level.VILLAGE: Title("Desa {}", "Kepala Desa")},
    InvitationCategory.SUPERVISOR: {
        Level.NATION: Title("Bawaslu Republik {}", "Ketua"),
        Level.PROVINCE: Title("Bawaslu Provinsi {}", "Ketua"),
        Level.REGENCY: Title("Bawaslu {}", "Ketua"),
        Level.CITY: Title("Bawaslu {}", "Ketua"),
    },
    InvitationCategory.SUBDISTRICT_SUPERVISOR: {
        Level.DISTRICT: Title("Panwaslu Kecamatan {}", "Ketua")
    },
    InvitationCategory.ELECTION_COMMISSION: {
        Level.NATION: Title("KPU Republik {}", "Ketua"),
        Level.PROVINCE: Title("KPU Provinsi {}", "Ketua"),
        Level.REGENCY: Title("KPU {}", "Ketua"),
        Level.CITY: Title("KPU {}", "Ketua"),
    },
}
"""What we can name without asking; of all other categories no list of offices exists."""

REGISTERED: Final[Mapping[InvitationCategory, OfficeKind]] = {
    InvitationCategory.SUPERVISOR: OfficeKind.BAWASLU,
    InvitationCategory.SUBDISTRICT_SUPERVISOR: OfficeKind.BAWASLU,
    InvitationCategory.ELECTION_COMMISSION: OfficeKind.KPU,
    InvitationCategory.PERSONNEL_AGENCY: OfficeKind.PERSONNEL_AGENCY,
}
"""Which of them may be registered here: then the office sees the event with its own account."""

# Kemendagri numbers kelurahan from 1001 and desa from 2001 on, a few customary ones from 3001.
_VILLAGES: Final = {
    InvitationCategory.URBAN_VILLAGE_HEAD: "1",
    InvitationCategory.VILLAGE_HEAD: "23",
}
# Nagari are in the regencies of West Sumatra but for the Mentawai Islands; its cities have none.
_WEST_SUMATRA: Final = "13"
_MENTAWAI: Final = "13.09"


@dataclass(frozen=True)
class Reach:
    """The regions that a choice goes to; `villages` are the first digits of the last group of
    their code, none meaning all."""

    region_code: str
    levels: frozenset[Level]
    villages: str = ""
    election_code: str | None = None


def check_group(
    category: InvitationCategory, level: Level | None, names: Sequence[str], post: str | None
) -> None:
    """Offices that we know go without names, all others with names and a post."""
    if category not in TITLES:
        if not names or post is None:
            raise RuleBroken("names-missing", _NAMES_MISSING)
    elif names:
        raise RuleBroken("names-known", _NAMES_KNOWN)
    elif level is not None and not levels_of(category, level):
        raise RuleBroken("wrong-level", _WRONG_LEVEL)


def levels_of(category: InvitationCategory, level: Level | None) -> frozenset[Level]:
    """On which levels it is chosen; a city counts as a regency, unless cities alone are wanted."""
    wanted = set(Level) if level is None else {level}
    if level is Level.REGENCY:
        wanted.add(Level.CITY)
    return frozenset(wanted & set(TITLES.get(category, Level)))


def reach_of(
    category: InvitationCategory,
    region_code: str,
    level: Level | None,
    election_code: str | None = None,
) -> Reach:
    """What is named goes to the region itself, unless a level is given."""
    if category not in TITLES and level is None:
        level = level_of(region_code)
    villages = _VILLAGES.get(category, "")
    return Reach(region_code, levels_of(category, level), villages, election_code)


def title_of(category: InvitationCategory, level: Level, region_code: str) -> Title:
    """How the post of this category is called in this region."""
    if category is InvitationCategory.VILLAGE_HEAD and _is_nagari(region_code):
        return _NAGARI
    return TITLES[category][level]


def named_office(name: str, region_name: str, level: Level, *, repeats: bool) -> str:
    """The name of an office as it was given; in many regions, each with its own behind it."""
    if not repeats:
        return name
    return f"{name} Provinsi {region_name}" if level is Level.PROVINCE else f"{name} {region_name}"


def _is_nagari(village_code: str) -> bool:
    regency, province = village_code[:5], village_code[:2]
    is_regency = level_of(regency) is Level.REGENCY
    return province == _WEST_SUMATRA and is_regency and regency != _MENTAWAI


_NAMES_MISSING: Final = Text(
    "Untuk kategori ini sebutkan nama kantor dan jabatannya.",
    "For this category give the names of the offices and the post.",
)
_NAMES_KNOWN: Final = Text(
    "Nama kantor kategori ini mengikuti wilayahnya; kosongkan.",
    "The offices of this category are named after their regions; leave the names out.",
)
_WRONG_LEVEL: Final = Text(
    "Kategori ini tidak ada pada tingkat wilayah itu.",
    "This category does not exist on that level of regions.",
)
