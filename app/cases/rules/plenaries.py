"""When a plenary has decided: who sits in it, who must be present, how many must agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.cases.rules.decisions import MEMBERS, Category, Result, has_quorum
from app.cases.rules.persons import not_of_case
from app.cases.rules.violations import ViolationKind
from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.regions.rules import Level

MOST_MEMBERS: Final = 7
"""Of a provincial office, the largest (domain.md, 7)."""


class Vote(StrEnum):
    AGREE = "agree"
    DISSENT = "dissent"


VOTES: Final[Mapping[StrEnum, Text]] = {
    Vote.AGREE: Text("Setuju", "Agrees"),
    Vote.DISSENT: Text("Pendapat berbeda", "Dissents"),
}

# These concern persons; an administrative violation can be one of a pair or a campaign team.
PERSONAL: Final = frozenset({Category.CRIMINAL, Category.ORGANISER_ETHICS, Category.OTHER_LAW})


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Who sat: the level of the office, the members it has, and of those present name and vote."""

    level: Level
    members: int
    names: Sequence[str]
    votes: Sequence[Vote]
    held_on: date

    @property
    def dissenting(self) -> int:
        return self.votes.count(Vote.DISSENT)


@dataclass(frozen=True)
class Decided:
    """One category of a decision, with codes of violation kinds and persons of the case."""

    category: Category
    violation_kinds: Sequence[str]
    person_ids: Sequence[UUID]


def check_sitting(sitting: Sitting, earliest: date, today: date) -> None:
    """Refuse a plenary that cannot have decided; all faults at once.

    `earliest` is the day of registration and `today` the present day, both in the zone of the
    office.
    """
    faults = [
        *_seats(sitting),
        *_votes(sitting),
        *_day(sitting.held_on, earliest, today),
    ]
    if faults:
        raise Invalid(*faults)


def check_adoption(sitting: Sitting, acted_on: date, today: date) -> None:
    """Refuse a plenary that cannot have made a finding of an act; it is named as `/plenary`."""
    faults = [*_seats(sitting), *_votes(sitting), *_adopted(sitting.held_on, acted_on, today)]
    if faults:
        raise Invalid(*(replace(each, pointer=f"/plenary{each.pointer}") for each in faults))


def _adopted(held_on: date, acted_on: date, today: date) -> list[Fault]:
    if held_on < acted_on:
        return [Fault("/held_on", "before-act", _BEFORE_ACT)]
    return _day(held_on, acted_on, today)


def _seats(sitting: Sitting) -> list[Fault]:
    least, most = MEMBERS.get(sitting.level, (1, MOST_MEMBERS))
    faults = []
    if not least <= sitting.members <= most:
        faults.append(Fault("/members", "wrong-number-of-members", _seats_text(least, most)))
    if len(sitting.names) > sitting.members:
        faults.append(Fault("/present", "more-than-members", _TOO_MANY))
    if len({each.casefold() for each in sitting.names}) < len(sitting.names):
        faults.append(Fault("/present", "named-twice", _TWICE))
    if not has_quorum(sitting.members, len(sitting.names)):
        faults.append(Fault("/present", "no-quorum", _NO_QUORUM))
    return faults


def _votes(sitting: Sitting) -> list[Fault]:
    """More than half of those present must agree: our policy, as the article is not verified."""
    agreed = len(sitting.votes) - sitting.dissenting
    return [] if agreed * 2 > len(sitting.votes) else [Fault("/present", "no-majority", _NO_MAJOR)]


def _day(held_on: date, earliest: date, today: date) -> list[Fault]:
    if held_on > today:
        return [Fault("/held_on", "in-the-future", _FUTURE)]
    return [Fault("/held_on", "before-registration", _BEFORE)] if held_on < earliest else []


def decided_at(held_on: date, now: datetime, zone: tzinfo) -> datetime:
    """The moment by which time limits are measured: now, or the last one of the day it was held.

    The law counts the decision, not its entry; the entry is no later than the journal says.
    """
    if held_on >= now.astimezone(zone).date():
        return now
    midnight = datetime.combine(held_on + timedelta(days=1), time(), zone)
    return midnight - timedelta(microseconds=1)


def check_categories(
    result: Result,
    decided: Sequence[Decided],
    persons: Collection[UUID],
    catalogue: Mapping[str, ViolationKind],
) -> None:
    """Refuse categories that do not belong to the result, to the case or to the catalogue."""
    faults = _belonging(result, decided)
    for number, each in enumerate(decided):
        faults += _persons(f"/categories/{number}/person_ids", each, persons)
        faults += _kinds(f"/categories/{number}/violation_kinds", each, catalogue)
    if faults:
        raise Invalid(*faults)


def _belonging(result: Result, decided: Sequence[Decided]) -> list[Fault]:
    if (result is Result.VIOLATION) != bool(decided):
        text = _CATEGORY_NEEDED if result is Result.VIOLATION else _NO_CATEGORY
        return [Fault("/categories", "categories-and-result", text)]
    if len({each.category for each in decided}) < len(decided):
        return [Fault("/categories", "category-twice", _CATEGORY_TWICE)]
    return []


def _persons(pointer: str, each: Decided, persons: Collection[UUID]) -> list[Fault]:
    if any(id not in persons for id in each.person_ids):
        return [not_of_case(pointer)]
    if each.category in PERSONAL and not each.person_ids:
        return [Fault(pointer, "persons-needed", _PERSONS_NEEDED)]
    return []


def _kinds(pointer: str, each: Decided, catalogue: Mapping[str, ViolationKind]) -> list[Fault]:
    if any(code not in catalogue for code in each.violation_kinds):
        return [Fault(pointer, "unknown-kind", _UNKNOWN_KIND)]
    if any(catalogue[code].category is not each.category for code in each.violation_kinds):
        return [Fault(pointer, "kind-of-another-category", _OTHER_CATEGORY)]
    return []


def _seats_text(least: int, most: int) -> Text:
    many = str(least) if least == most else f"{least}-{most}"
    return Text(
        f"Kantor di tingkat ini mempunyai {many} anggota.",
        f"An office of this level has {many} members.",
    )


_TOO_MANY: Final = Text(
    "Yang hadir lebih banyak daripada anggota.", "More are present than there are members."
)
_TWICE: Final = Text("Seorang anggota disebut dua kali.", "A member is named twice.")
_NO_QUORUM: Final = Text(
    "Rapat pleno tidak kuorum: lebih dari separuh anggota harus hadir.",
    "The plenary has no quorum: more than half of the members must be present.",
)
_NO_MAJOR: Final = Text(
    "Keputusan memerlukan persetujuan lebih dari separuh anggota yang hadir.",
    "A decision needs more than half of the members present to agree.",
)
_FUTURE: Final = Text("Rapat pleno belum berlangsung.", "The plenary has not been held yet.")
_BEFORE: Final = Text(
    "Rapat pleno tidak mungkin sebelum hari registrasi.",
    "The plenary cannot have been held before the day of registration.",
)
_BEFORE_ACT: Final = Text(
    "Rapat pleno tidak mungkin sebelum peristiwanya.",
    "The plenary cannot have been held before the act.",
)
_CATEGORY_NEEDED: Final = Text(
    "Putusan pelanggaran menyebutkan paling sedikit satu kategori.",
    "A violation is decided in at least one category.",
)
_NO_CATEGORY: Final = Text(
    "Kategori hanya disebutkan bila diputuskan pelanggaran.",
    "Categories are for a violation only.",
)
_CATEGORY_TWICE: Final = Text(
    "Satu kategori disebutkan dua kali; gabungkan.", "A category is there twice; join them."
)
_PERSONS_NEEDED: Final = Text(
    "Kategori ini menyebutkan paling sedikit satu terlapor.",
    "This category needs at least one reported person.",
)
_UNKNOWN_KIND: Final = Text(
    "Jenis pelanggaran tidak ada dalam katalog.", "The catalogue has no such violation kind."
)
_OTHER_CATEGORY: Final = Text(
    "Jenis pelanggaran ini termasuk kategori lain.", "This kind belongs to another category."
)
