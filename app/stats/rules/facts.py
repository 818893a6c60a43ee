"""What a thing counts as, how that changed, and which counts of nation and provinces it moves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from app.core.places import regency_of
from app.stats.rules.dimensions import Dimension, own_dimensions
from app.stats.rules.units import Unit

T = TypeVar("T")

PROVINCE: Final = "province"
REGENCY: Final = "regency"
DAY: Final = Dimension.DAY.value

NATIONWIDE: Final = ""
"""The area of the whole country; `00` is the area of what concerns it as a whole."""

_PROVINCE_DIGITS: Final = 2


class Told(NamedTuple):
    """By what things are told apart (`app.stats.models.figures.Told`), as it can be counted."""

    unit: Unit
    election_code: str
    region_code: str
    day: date
    stage: str
    status: str
    channel: str
    source: str
    outcome: str
    furthest_step: str
    follow_up: str
    subject_group: str
    position_group: str
    days: str
    kind: tuple[str, ...]
    result_category: tuple[str, ...]
    violation_kind: tuple[str, ...]


class Thing(NamedTuple):
    """Which thing of a unit a fact is about."""

    id: UUID
    part: str


class Cell(NamedTuple):
    """One count of an area; no dimensions for the total, one, or two in their order."""

    unit: Unit
    by_a: str
    by_b: str
    area: str
    election_code: str
    code_a: str
    code_b: str


Facts = Mapping[Thing, Told]


class Differences(NamedTuple):
    """Facts that are no more, facts that are new, and by how much each kind of thing changed."""

    gone: list[Thing]
    new: dict[Thing, Told]
    changes: Counter[Told]


def differences(before: Facts, after: Facts) -> Differences:
    """Compare what things counted as with what they count as now."""
    gone = [thing for thing, told in before.items() if after.get(thing) != told]
    new = {thing: told for thing, told in after.items() if before.get(thing) != told}
    changes = Counter(new.values())
    changes.subtract(before[thing] for thing in gone)
    return Differences(gone, new, _nonzero(changes))


def moved(changes: Mapping[Told, int]) -> Counter[Cell]:
    """Add up by how much each count of the nation and the provinces changes."""
    cells: Counter[Cell] = Counter()
    for told, change in changes.items():
        for cell in cells_of(told):
            cells[cell] += change
    return _nonzero(cells)


def cells_of(told: Told) -> Iterator[Cell]:
    """All counts in which a thing stands: total, each code, each pair of codes."""
    province = told.region_code[:_PROVINCE_DIGITS]
    own = [(by.value, _codes(told, by)) for by in own_dimensions(told.unit)]
    day = (DAY, (told.day.isoformat(),))
    yield from _cells(told, NATIONWIDE, [(PROVINCE, (province,)), day, *own])
    yield from _cells(told, province, [(REGENCY, (regency_of(told.region_code),)), day, *own])


def in_order(names: Iterable[str]) -> list[str]:
    """The order in which a pair of dimensions is kept. A regency comes first, so that all that is
    kept of it lies together: hundreds of them are told apart by each day, or by each code."""
    return sorted(names, key=lambda name: (name != REGENCY, name))


def _cells(told: Told, area: str, by: list[tuple[str, tuple[str, ...]]]) -> Iterator[Cell]:
    unit, election = told.unit, told.election_code
    yield Cell(unit, "", "", area, election, "", "")
    for name, codes in by:
        for code in codes:
            yield Cell(unit, name, "", area, election, code, "")
    codes_of = dict(by)
    for a, b in combinations(in_order(codes_of), 2):
        for code_a in codes_of[a]:
            for code_b in codes_of[b]:
                yield Cell(unit, a, b, area, election, code_a, code_b)


def _codes(told: Told, by: Dimension) -> tuple[str, ...]:
    code: str | tuple[str, ...] = getattr(told, by.value)
    return (code,) if isinstance(code, str) else code


def _nonzero(counts: Counter[T]) -> Counter[T]:
    return Counter({each: count for each, count in counts.items() if count})
