"""Facts by which complaints are found and compared: names, numbers, offices, words, addresses."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from snowballstemmer import stemmer

from app.complaints.rules import names, social
from app.complaints.rules.names import WORD, folded
from app.complaints.rules.procedure import digits

SHORTEST_WORD: Final = 2
"""Letters: `rt`, `rw`, `kk` and `pj` (acting) say something, a single letter does not."""

# Numbers in running text, in groups or not: only what cannot be an amount of money.
_PHONE_IN_TEXT: Final = re.compile(r"(?<![\w+])(?:\+?62|0)[ .-]?8(?:[ .-]?[0-9]){7,11}(?![0-9])")
_LONG_IN_TEXT: Final = re.compile(r"(?<![\w])[0-9](?:[ .-]?[0-9]){15}(?:[ .-]?[0-9]{2})?(?![0-9])")
_POPULATION_DIGITS: Final = 16
_ABBREVIATIONS: Final = {
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "prov": "provinsi",
    "ds": "desa",
}

_STEMMER: Final = stemmer("indonesian")


class MarkKind(StrEnum):
    """What a fact is about; equal values of two kinds do not meet."""

    NAME = "name"
    EMPLOYEE_NUMBER = "employee_number"
    POPULATION_NUMBER = "population_number"
    PHONE = "phone"
    OFFICE = "office"
    SOCIAL = "social"
    EVIDENCE = "evidence"
    WORD = "word"
    PLACE = "place"


class Fact(NamedTuple):
    kind: MarkKind
    value: str


@dataclass(frozen=True)
class Described:
    """A reported person or a witness; never the reporter, whom no search may disclose."""

    name: str
    position: str | None = None
    office: str | None = None
    phone: str | None = None
    employee_number: str | None = None
    population_number: str | None = None


@dataclass(frozen=True)
class Said:
    """All that a complaint says, in the open: what facts are taken from."""

    place: str
    texts: Sequence[str]
    persons: Sequence[Described] = field(default_factory=tuple)
    evidence: Sequence[str] = field(default_factory=tuple)


def facts_in(said: Said, stop_words: Collection[str]) -> frozenset[Fact]:
    """Every fact of a complaint, once."""
    return frozenset(
        fact
        for part in (
            _of_texts(said, stop_words),
            *(_of_person(each, stop_words) for each in said.persons),
            (Fact(MarkKind.EVIDENCE, each.lower()) for each in said.evidence),
        )
        for fact in part
        if fact.value
    )


def words_in(text: str, stop_words: Collection[str]) -> set[str]:
    """The stems of the words that say something."""
    words = (word for word in WORD.findall(folded(text)) if len(word) >= SHORTEST_WORD)
    return {_stem(word) for word in words if word not in stop_words}


def area_mark(region_code: str) -> int:
    """An area as a mark beside the others: 73.04 is 7304, far below the keyed ones.

    It is no secret, hence no keyed mark: whoever has the row has its region code.
    """
    return int(region_code.replace(".", ""))


def phone_of(written: str) -> str:
    """The digits of a phone number as they are dialled from abroad: 0812… is +62 812…"""
    number = re.sub(r"[^0-9]", "", written)
    if number.startswith("0"):
        return f"62{number.lstrip('0')}"
    return f"62{number}" if number.startswith("8") else number


def office_of(written: str) -> str:
    """An office without punctuation and usual abbreviations: `Kec. X` is `Kecamatan X`."""
    words = WORD.findall(folded(written))
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _of_texts(said: Said, stop_words: Collection[str]) -> Iterator[Fact]:
    for text in (said.place, *said.texts):
        yield from (Fact(MarkKind.WORD, word) for word in words_in(text, stop_words))
        yield from (Fact(MarkKind.SOCIAL, each) for each in social.addresses_in(text))
        yield from _numbers_in(text)
    yield from (Fact(MarkKind.PLACE, word) for word in words_in(said.place, stop_words))


def _of_person(person: Described, stop_words: Collection[str]) -> Iterator[Fact]:
    yield Fact(MarkKind.NAME, names.plain_name(person.name))
    yield Fact(MarkKind.OFFICE, office_of(person.office or ""))
    yield Fact(MarkKind.PHONE, phone_of(person.phone or ""))
    yield Fact(MarkKind.EMPLOYEE_NUMBER, digits(person.employee_number or ""))
    yield Fact(MarkKind.POPULATION_NUMBER, digits(person.population_number or ""))
    for text in (person.name, person.position or "", person.office or ""):
        yield from (Fact(MarkKind.WORD, word) for word in words_in(text, stop_words))


def _numbers_in(text: str) -> Iterator[Fact]:
    for found in _PHONE_IN_TEXT.findall(text):
        yield Fact(MarkKind.PHONE, phone_of(found))
    for found in _LONG_IN_TEXT.findall(text):
        number = digits(found)
        is_population = len(number) == _POPULATION_DIGITS
        kind = MarkKind.POPULATION_NUMBER if is_population else MarkKind.EMPLOYEE_NUMBER
        yield Fact(kind, number)


# A stem takes 12 µs, and a few thousand words make up most of what people write.
@lru_cache(maxsize=32_768)
def _stem(word: str) -> str:
    return word if word.isdigit() else str(_STEMMER.stemWord(word))
