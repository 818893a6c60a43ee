"""Whom an office may choose to forward to, without looking up a code: the posts of its region."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.posts.rules.categories import PostCategory
from app.posts.rules.titles import TITLES
from app.regions.rules import Level, level_of

_DEPTH: Final[Mapping[Level, int]] = {
    Level.NATION: 0,
    Level.PROVINCE: 1,
    Level.REGENCY: 2,
    Level.CITY: 2,
    Level.DISTRICT: 3,
    Level.VILLAGE: 4,
}


def choices_in(region_code: str) -> Sequence[PostCategory]:
    """The categories of which every region has one, there or below."""
    own = _DEPTH[level_of(region_code)]
    return [
        category
        for category, levels in TITLES.items()
        if any(_DEPTH[each] >= own for each in levels)
    ]
