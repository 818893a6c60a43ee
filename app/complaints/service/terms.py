"""What a search asks for, as the facts by which complaints were marked."""

from collections.abc import Callable, Collection
from typing import Final, TypeAlias

from app.complaints.files.marks import STOP_WORDS, look_ups
from app.complaints.repository.desk import Sought
from app.complaints.rules import names, social
from app.complaints.rules.marks import Fact, MarkKind, office_of, phone_of, words_in
from app.complaints.schemas.desk import DeskFilter
from app.complaints.schemas.search import TermsIn
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid
from app.core.texts import Text

Read: TypeAlias = Callable[[str], Collection[str | None]]

NOTHING_TO_SEARCH: Final = Text(
    "Di sini tidak ada yang dapat dicari; kata yang sangat umum tidak dicatat.",
    "There is nothing here that can be searched; the most common words are not recorded.",
)
_TERMS: Final[dict[str, tuple[MarkKind, Read]]] = {
    "words": (MarkKind.WORD, lambda written: words_in(written, STOP_WORDS)),
    "office": (MarkKind.OFFICE, lambda written: [office_of(written)]),
    "social": (MarkKind.SOCIAL, lambda written: [social.address_of(written)]),
    "evidence_sha256": (MarkKind.EVIDENCE, lambda written: [written.lower()]),
    "person/name": (MarkKind.NAME, lambda written: [names.plain_name(written)]),
    "person/employee_number": (MarkKind.EMPLOYEE_NUMBER, lambda written: [written]),
    "person/population_number": (MarkKind.POPULATION_NUMBER, lambda written: [written]),
    "person/phone": (MarkKind.PHONE, lambda written: [phone_of(written)]),
}
_COMMON: Final = frozenset({"words", "office"})
"""Terms that many complaints may meet; a person, a link or a file is in a few."""


def sought_in(wanted: TermsIn, keys: Keyring) -> Sought | None:
    """The marks that are asked for, or None where only filters are."""
    terms = {name: _facts(name, value) for name, value in _written(wanted).items()}
    empty = [name for name, facts in terms.items() if not facts]
    if wanted.text is not None and not names.WORD.search(wanted.text):
        empty.append("text")
    if empty:
        raise Invalid(*(Fault(f"/{e}", "nothing-to-search", NOTHING_TO_SEARCH) for e in empty))
    if not terms and wanted.text is None:
        return None
    facts = sorted({fact for each in terms.values() for fact in each})
    return Sought(look_ups(facts, keys), wanted.text, may_be_common=terms.keys() <= _COMMON)


def named(wanted: TermsIn) -> str:
    """The kinds of terms, never a value: what the journal keeps of a search."""
    text = ["text"] if wanted.text is not None else []
    return ",".join(sorted([*_written(wanted), *text]))


def filters_in(wanted: DeskFilter) -> int:
    return len(wanted.model_fields_set & DeskFilter.model_fields.keys() - {"sort"})


def _written(wanted: TermsIn) -> dict[str, str]:
    person = wanted.person.model_dump(exclude_none=True) if wanted.person else {}
    rest = wanted.model_dump(include=set(_TERMS), exclude_none=True)
    return rest | {f"person/{name}": value for name, value in person.items()}


def _facts(term: str, written: str) -> frozenset[Fact]:
    kind, read = _TERMS[term]
    return frozenset(Fact(kind, value) for value in read(written) if value)
