"""How a declaration is counted: from the leaves of the log, and against its roster."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID

from app.declarations.rules.kinds import Group, SignatoryRole
from app.ledger.rules.acts import Act, ActLeaf, read_act

_WEIGHT: Final = {Act.SIGNED: 1, Act.REINSTATED: 1, Act.WITHDRAWN: -1, Act.INVALIDATED: -1}


class Cell(NamedTuple):
    """What the tally tells apart, in the words of a leaf; `region_id` is where its rows lie."""

    region_id: int
    declaration_id: UUID
    region_code: str
    text_hash: str
    group: Group
    role: SignatoryRole


def count_leaves(leaves: Iterable[tuple[int, bytes]]) -> Counter[Cell]:
    """Add up leaves, each with the region of its rows: signed and reinstated count one, withdrawn
    and invalidated take one away."""
    # Leaves of one kind differ in their last word only: one of them is read for all.
    alike: Counter[tuple[int, bytes]] = Counter()
    sample: dict[tuple[int, bytes], bytes] = {}
    for region_id, data in leaves:
        kind = (region_id, data.rpartition(b" ")[0])
        alike[kind] += 1
        sample[kind] = data
    counted: Counter[Cell] = Counter()
    for kind, number in alike.items():
        # Whatever else stands in the log is no signature, and must not stop the counting.
        with suppress(ValueError):
            leaf = read_act(sample[kind])
            counted[_cell(kind[0], leaf)] += number * _WEIGHT[leaf.act]
    return counted


def _cell(region_id: int, leaf: ActLeaf) -> Cell:
    return Cell(
        region_id=region_id,
        declaration_id=leaf.declaration,
        region_code=leaf.region,
        text_hash=leaf.text.hex(),
        group=Group(leaf.group),
        role=SignatoryRole(leaf.role),
    )


@dataclass(frozen=True)
class Counted:
    """How many of one group signed one text in one role in one regency."""

    region_code: str
    region_name: str
    text_hash: str
    group: Group
    role: SignatoryRole
    number: int


@dataclass(frozen=True)
class RegionTally:
    region_code: str
    region_name: str
    signatures: int
    groups: Mapping[Group, int]


@dataclass(frozen=True)
class CountedAt:
    """How much of the log was counted, and when its last leaves were published."""

    tree_size: int
    as_of: datetime | None


@dataclass(frozen=True)
class Tally:
    """The count of one declaration; witnesses attest to it and are counted apart."""

    signatures: int
    witnesses: int
    texts: Mapping[str, int]
    groups: Mapping[Group, int]
    roles: Mapping[SignatoryRole, int]
    regions: Sequence[RegionTally]


@dataclass(frozen=True)
class Covered:
    """How many of those who should sign have signed."""

    targets: int
    signed: int


def tally(rows: Iterable[Counted]) -> Tally:
    """Add up what was counted, by text, group, role and region."""
    everything = sorted((row for row in rows if row.number), key=_region_of)
    signed = [row for row in everything if row.role is not SignatoryRole.WITNESS]
    roles = Counter[SignatoryRole]()
    texts = Counter[str]()
    for row in everything:
        roles[row.role] += row.number
    for row in signed:
        texts[row.text_hash] += row.number
    return Tally(
        signatures=_sum(signed),
        witnesses=_sum(everything) - _sum(signed),
        texts=dict(sorted(texts.items())),
        groups=_by_group(signed),
        roles={role: roles[role] for role in SignatoryRole if roles[role]},
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
