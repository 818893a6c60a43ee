"""Whom an office may choose to forward to, without looking up a code: the posts of its region."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.circulars.rules.addressees import LEVELS, NAMED_ONLY, AddresseeCategory
from app.regions.rules import Level, level_of

_DEPTH: Final[Mapping[Level, int]] = {
    Level.NATION: 0,
    Level.PROVINCE: 1,
    Level.REGENCY: 2,
    Level.CITY: 2,
    Level.DISTRICT: 3,
    Level.VILLAGE: 4,
}


def choices_in(region_code: str) -> Sequence[AddresseeCategory]:
    """The categories of which there can be posts in a region or below it."""
    own = _DEPTH[level_of(region_code)]
    return [
        category
        for category in AddresseeCategory
        if category not in NAMED_ONLY and any(_DEPTH[each] >= own for each in LEVELS[category])
    ]
