"""How much two complaints look like reports of one event, and what they have in common."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from app.complaints.rules.marks import Fact, MarkKind
from app.core.texts import Text


class Reason(StrEnum):
    """What two complaints have in common."""

    SAME_EVIDENCE = "same_evidence"
    SAME_NUMBER = "same_number"
    SAME_SOCIAL_ADDRESS = "same_social_address"
    SAME_PERSON = "same_person"
    SAME_OFFICE = "same_office"
    SAME_PLACE = "same_place"
    NEAR_PLACE = "near_place"
    SAME_DAY = "same_day"
    NEAR_DAY = "near_day"
    SHARED_WORDS = "shared_words"


LABELS: Final[Mapping[StrEnum, Text]] = {
    Reason.SAME_EVIDENCE: Text("Berkas bukti yang sama", "The same file as evidence"),
    Reason.SAME_NUMBER: Text(
        "NIP, NIK, atau nomor telepon yang sama", "The same number of a person"
    ),
    Reason.SAME_SOCIAL_ADDRESS: Text("Alamat media sosial yang sama", "The same social address"),
    Reason.SAME_PERSON: Text("Nama orang yang sama", "The same name of a person"),
    Reason.SAME_OFFICE: Text("Instansi yang sama", "The same office"),
    Reason.SAME_PLACE: Text("Tempat kejadian yang sama", "The same place"),
    Reason.NEAR_PLACE: Text("Wilayah kejadian berdekatan", "The same regency, district or village"),
    Reason.SAME_DAY: Text("Hari kejadian yang sama", "The same day"),
    Reason.NEAR_DAY: Text("Hari kejadian berdekatan", "Only a few days apart"),
    Reason.SHARED_WORDS: Text("Kata-kata khas yang sama", "Telling words in common"),
}

THRESHOLD: Final = 12
"""Below it an officer is not asked: a common name alone, or a day and a regency alone."""

MOST_CANDIDATES: Final = 20
"""What an officer can look through."""

NEAR_DAYS: Final = 3
"""People write the day on which they saw a video for the day on which it was taken."""

_POINTS: Final[Mapping[Reason, int]] = {
    # One file with two senders was passed on: nothing says "the same" more plainly.
    Reason.SAME_EVIDENCE: 24,
    # A number or a post has one owner, who may all the same do two things.
    Reason.SAME_NUMBER: 12,
    Reason.SAME_SOCIAL_ADDRESS: 12,
    # Many people share a name. The words of a rare one count once more, as shared words do.
    Reason.SAME_PERSON: 8,
    # An office has hundreds of civil servants.
    Reason.SAME_OFFICE: 3,
    Reason.SAME_DAY: 5,
    Reason.NEAR_DAY: 2,
}
_OF: Final[Mapping[MarkKind, Reason]] = {
    MarkKind.EVIDENCE: Reason.SAME_EVIDENCE,
    MarkKind.EMPLOYEE_NUMBER: Reason.SAME_NUMBER,
    MarkKind.POPULATION_NUMBER: Reason.SAME_NUMBER,
    MarkKind.PHONE: Reason.SAME_NUMBER,
    MarkKind.SOCIAL: Reason.SAME_SOCIAL_ADDRESS,
    MarkKind.NAME: Reason.SAME_PERSON,
    MarkKind.OFFICE: Reason.SAME_OFFICE,
}
_MOST_OF_ONE_REASON: Final = 3
"""A list of fifty names that goes from hand to hand says no more than three of them."""

_REGENCY: Final = 2
_BY_LEVELS: Final[Mapping[int, int]] = {_REGENCY: 2, 3: 4, 4: 5}
"""By the levels of the region in common: a regency has 160,000 inhabitants, a village 3,000."""

_MOST_FOR_WORDS: Final = 11
"""Just below the threshold: words alone, be they ever so many, propose nothing."""
_MOST_FOR_PLACE: Final = 6
_BY_FREQUENCY: Final = ((0.001, 3), (0.01, 2), (0.05, 1))
"""Up to this share of complaints with a word, its worth: one in every twentieth says little."""


@dataclass(frozen=True)
class Common:
    """One thing in common; `count` is how many there are of it. Of `near_day` it is the days
    between, of `near_place` the levels of the region in common (2 regency … 4 village)."""

    reason: Reason
    count: int


@dataclass(frozen=True)
class Traits:
    """What a complaint is compared by; nothing in it is known of the reporter."""

    facts: frozenset[Fact]
    occurred_on: date
    region_code: str


@dataclass(frozen=True)
class Likeness:
    score: int
    reasons: tuple[Common, ...]

    @property
    def is_candidate(self) -> bool:
        return self.score >= THRESHOLD


def compare(one: Traits, other: Traits, frequency: Mapping[Fact, float]) -> Likeness:
    """Compare two complaints; `frequency` is the share of all complaints with a fact, if known."""
    shared = one.facts & other.facts
    levels = levels_shared(one.region_code, other.region_code)
    found = [
        *_of_facts(shared),
        *_of_place(shared, levels, frequency),
        *_of_day(abs((one.occurred_on - other.occurred_on).days)),
        *_of_words(shared, frequency),
    ]
    ordered = sorted(found, key=lambda each: list(Reason).index(each[0].reason))
    return Likeness(sum(points for _, points in found), tuple(common for common, _ in ordered))


def levels_shared(one: str, other: str) -> int:
    """How many levels two region codes share: province, regency, district, village."""
    levels = 0
    for mine, yours in zip(one.split("."), other.split("."), strict=False):
        if mine != yours:
            break
        levels += 1
    return levels


def worth_of(frequency: float) -> int:
    """What it says that both have a word which this share of all complaints has."""
    return next((worth for most, worth in _BY_FREQUENCY if frequency <= most), 0)


Weighed: TypeAlias = tuple[Common, int]


def _of_facts(shared: Iterable[Fact]) -> Iterator[Weighed]:
    counted = Counter(_OF[fact.kind] for fact in shared if fact.kind in _OF)
    for reason, count in counted.items():
        yield Common(reason, count), _POINTS[reason] * min(count, _MOST_OF_ONE_REASON)


def _of_place(
    shared: Iterable[Fact], levels: int, frequency: Mapping[Fact, float]
) -> Iterator[Weighed]:
    """Words of the place, which mean the same place only in the same regency."""
    if levels < _REGENCY:
        return
    yield Common(Reason.NEAR_PLACE, levels), _BY_LEVELS[levels]
    worths = _worths(shared, MarkKind.PLACE, frequency)
    if worths:
        yield Common(Reason.SAME_PLACE, len(worths)), min(sum(worths), _MOST_FOR_PLACE)


def _of_day(apart: int) -> Iterator[Weighed]:
    if apart == 0:
        yield Common(Reason.SAME_DAY, 1), _POINTS[Reason.SAME_DAY]
    elif apart <= NEAR_DAYS:
        yield Common(Reason.NEAR_DAY, apart), _POINTS[Reason.NEAR_DAY]


def _of_words(shared: Iterable[Fact], frequency: Mapping[Fact, float]) -> Iterator[Weighed]:
    worths = _worths(shared, MarkKind.WORD, frequency)
    if worths:
        yield Common(Reason.SHARED_WORDS, len(worths)), min(sum(worths), _MOST_FOR_WORDS)


def _worths(shared: Iterable[Fact], kind: MarkKind, frequency: Mapping[Fact, float]) -> list[int]:
    """The worth of each shared word of this kind that says anything at all."""
    worths = (worth_of(frequency.get(fact, 0.0)) for fact in shared if fact.kind is kind)
    return [worth for worth in worths if worth]
