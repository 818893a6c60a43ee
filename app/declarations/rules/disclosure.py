"""What anybody may know of who has not signed: nothing of single persons (domain.md, 6.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 5
"""Persons and posts of whom it is told together how many have signed."""


@dataclass(frozen=True)
class RegionCoverage:
    """How many should sign in a regency or city, and how many have."""

    region_code: str
    region_name: str
    targets: int
    signed: int


@dataclass(frozen=True)
class RestCoverage:
    """The same of several regencies together, none of which can be told apart."""

    regions: int
    targets: int
    signed: int


@dataclass(frozen=True)
class PublicCoverage:
    """What is told of a roster: nothing at all of one with fewer than `FEWEST`."""

    targets: int | None = None
    signed: int | None = None
    regions: Sequence[RegionCoverage] = ()
    rest: RestCoverage | None = None


def disclosed(regions: Iterable[RegionCoverage]) -> PublicCoverage:
    """Sum up regions with few targets. With the total nobody computes one of them: the rest is
    never a single region, and never fewer than `FEWEST`; the smallest others join it before."""
    by_size = sorted(
        (each for each in regions if each.targets),
        key=lambda each: (each.targets, each.region_code),
    )
    total = _sum(by_size)
    if total.targets < FEWEST:
        return PublicCoverage()
    joined = sum(each.targets < FEWEST for each in by_size)
    while 0 < joined < len(by_size) and not _is_enough(by_size[:joined]):
        joined += 1
    return PublicCoverage(
        targets=total.targets,
        signed=total.signed,
        regions=sorted(by_size[joined:], key=lambda each: each.region_code),
        rest=_sum(by_size[:joined]) if joined else None,
    )


def _is_enough(regions: Sequence[RegionCoverage]) -> bool:
    return len(regions) > 1 and _sum(regions).targets >= FEWEST


def _sum(regions: Sequence[RegionCoverage]) -> RestCoverage:
    return RestCoverage(
        len(regions), sum(each.targets for each in regions), sum(each.signed for each in regions)
    )
