"""How a declaration is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.declarations.rules.kinds import Group, SignatoryRole


@dataclass(frozen=True)
class Counted:
    """How many of one group signed in one role in one regency, and when the last of them did."""

    region_code: str
    region_name: str
    group: Group
    role: SignatoryRole
    number: int
    last_at: datetime


@dataclass(frozen=True)
class RegionTally:
    region_code: str
    region_name: str
    signatures: int
    groups: Mapping[Group, int]


@dataclass(frozen=True)
class Tally:
    """The count of one declaration; witnesses attest to it and are counted apart."""

    signatures: int
    witnesses: int
    as_of: datetime | None
    groups: Mapping[Group, int]
    regions: Sequence[RegionTally]


def tally(rows: Iterable[Counted]) -> Tally:
    """Add up what was counted, by group and by region."""
    everything = sorted(rows, key=_region_of)
    signed = [row for row in everything if row.role is not SignatoryRole.WITNESS]
    return Tally(
        signatures=_sum(signed),
        witnesses=_sum(everything) - _sum(signed),
        as_of=max((row.last_at for row in everything), default=None),
        groups=_by_group(signed),
        regions=[_region(list(here)) for _, here in groupby(signed, key=_region_of)],
    )


def _region_of(row: Counted) -> str:
    return row.region_code


def _region(here: Sequence[Counted]) -> RegionTally:
    return RegionTally(here[0].region_code, here[0].region_name, _sum(here), _by_group(here))


def _by_group(rows: Sequence[Counted]) -> dict[Group, int]:
    numbers: Counter[Group] = Counter()
    for row in rows:
        numbers[row.group] += row.number
    return {group: numbers[group] for group in Group if numbers[group]}


def _sum(rows: Sequence[Counted]) -> int:
    return sum(row.number for row in rows)
