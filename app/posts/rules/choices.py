"""What one line of a letter can choose: a post of every region, or offices by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.errors import RuleBroken
from app.core.texts import Text
from app.offices.rules import OfficeKind
from app.posts.rules.categories import REGISTERED, PostCategory
from app.posts.rules.titles import TITLES, title_of
from app.regions.rules import Level, level_of

# Kemendagri numbers kelurahan from 1001 and desa from 2001 on, a few customary ones from 3001.
_VILLAGES: Final = {PostCategory.URBAN_VILLAGE_HEAD: "1", PostCategory.VILLAGE_HEAD: "23"}
_REGIONAL: Final = frozenset({OfficeKind.PERSONNEL_AGENCY, OfficeKind.OTHER})


@dataclass(frozen=True)
class Choice:
    """The post of a category in a region and all within it, or offices of these names there.

    `names` are in the region itself, or in each region of the level given; `post` is in place of
    the usual one; with `election_code`, only where that election is held.
    """

    category: PostCategory
    region_code: str
    level: Level | None = None
    election_code: str | None = None
    names: Sequence[str] = ()
    post: str | None = None


@dataclass(frozen=True)
class Reach:
    """The regions that a choice goes to; `villages` are the first digits of the last group of
    their code, none meaning all."""

    region_code: str
    levels: frozenset[Level]
    villages: str = ""
    election_code: str | None = None


def check_choice(
    category: PostCategory, level: Level | None, names: Sequence[str], *, is_described: bool
) -> None:
    """Offices that we know go without names; all others have to be described."""
    if category not in TITLES:
        if not is_described:
            raise RuleBroken("names-missing", _NAMES_MISSING)
    elif names:
        raise RuleBroken("names-known", _NAMES_KNOWN)
    elif level is not None and not levels_of(category, level):
        raise RuleBroken("wrong-level", _WRONG_LEVEL)


def may_be_meant(category: PostCategory, kind: OfficeKind, region_code: str) -> bool:
    """Whether a registered office can be one of a category: a Bawaslu is no camat."""
    if category is PostCategory.OTHER:
        return True
    if category is PostCategory.REGIONAL_AGENCY:
        return kind in _REGIONAL
    is_kind = kind is REGISTERED.get(category, OfficeKind.OTHER)
    return is_kind and (category not in TITLES or title_of(category, region_code) is not None)


def levels_of(category: PostCategory, level: Level | None) -> frozenset[Level]:
    """On which levels it is chosen; a city counts as a regency, unless cities alone are wanted."""
    wanted = set(Level) if level is None else {level}
    if level is Level.REGENCY:
        wanted.add(Level.CITY)
    return frozenset(wanted & set(TITLES.get(category, Level)))


def reach_of(choice: Choice) -> Reach:
    """What is named goes to the region itself, unless a level is given."""
    level = choice.level
    if choice.category not in TITLES and level is None:
        level = level_of(choice.region_code)
    levels = levels_of(choice.category, level)
    villages = _VILLAGES.get(choice.category, "")
    return Reach(choice.region_code, levels, villages, choice.election_code)


def named_office(name: str, region_name: str, level: Level, *, repeats: bool) -> str:
    """The name of an office as it was given; in many regions, each with its own behind it."""
    if not repeats:
        return name
    return f"{name} Provinsi {region_name}" if level is Level.PROVINCE else f"{name} {region_name}"


_NAMES_MISSING: Final = Text(
    "Untuk kategori ini sebutkan kantornya.",
    "For this category name the offices.",
)
_NAMES_KNOWN: Final = Text(
    "Nama kantor kategori ini mengikuti wilayahnya; kosongkan.",
    "The offices of this category are named after their regions; leave the names out.",
)
_WRONG_LEVEL: Final = Text(
    "Kategori ini tidak ada pada tingkat wilayah itu.",
    "This category does not exist on that level of regions.",
)
