"""Facts in the form in which the database keeps them: keyed marks, one number for each."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.complaints.rules.marks import Fact
from app.core.crypto import Keyring

_STOP_WORDS: Final = Path(__file__).parent.parent / "data" / "stop_words.txt"

STOP_WORDS: Final = frozenset(_STOP_WORDS.read_text(encoding="utf-8").split())
"""Words that stand in every account and say nothing; the stemmer brings no such list."""


def mark_of(fact: Fact, keys: Keyring) -> int:
    """The mark of a fact under the index key in use; to compare, never to read back."""
    return _number(keys.blind(fact.kind, fact.value))


def marks_of(facts: Iterable[Fact], keys: Keyring) -> list[int]:
    return sorted({mark_of(fact, keys) for fact in facts})


def look_ups(facts: Iterable[Fact], keys: Keyring) -> list[list[int]]:
    """The marks of these facts under each index key: a complaint has all of them from one."""
    under_each = zip(*(keys.blinds(fact.kind, fact.value) for fact in facts), strict=True)
    return [[_number(blind) for blind in blinds] for blinds in under_each]


def _number(blind: bytes) -> int:
    return int.from_bytes(blind[:8], "big", signed=True)
