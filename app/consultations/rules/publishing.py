"""The law of publishing an answer: another text, read by a second person, naming nobody."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import Conflict, Fault, Invalid, NotAllowed
from app.core.personal import names_somebody
from app.core.texts import Text

MOST_DRAFTS: Final = 20
_TELLING: Final = 4
"""Letters from which a word of a name is taken for the name itself."""
_HANDLE: Final = re.compile(r"(?<![\w@])@\w{2,}|https?://|www\.", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


class PublicationState(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATES: Final[Mapping[StrEnum, Text]] = {
    PublicationState.DRAFTED: Text("Menunggu pembaca kedua", "Waiting for a second reader"),
    PublicationState.PUBLISHED: Text("Diterbitkan", "Published"),
    PublicationState.REJECTED: Text("Ditolak pembaca kedua", "Rejected by the second reader"),
    PublicationState.WITHDRAWN: Text("Ditarik", "Withdrawn"),
}

_NEXT: Final[Mapping[PublicationState, frozenset[PublicationState]]] = {
    PublicationState.DRAFTED: frozenset({PublicationState.PUBLISHED, PublicationState.REJECTED}),
    PublicationState.PUBLISHED: frozenset({PublicationState.WITHDRAWN}),
    PublicationState.REJECTED: frozenset(),
    PublicationState.WITHDRAWN: frozenset(),
}


class OwnText(NotAllowed):
    code = "own-text"
    text = Text(
        "Naskah terbitan dibaca oleh orang kedua, bukan oleh penulisnya.",
        "A text is approved by a second person, never by its author.",
    )


class IllegalPublicationStep(Conflict):
    code = "illegal-publication-step"
    text = Text(
        "Langkah ini tidak mungkin pada keadaan naskah sekarang.",
        "This step is not possible in the present state of the text.",
    )


class AnswerSuperseded(Conflict):
    """The office answers otherwise by now: the old answer is not for the public any more."""

    code = "answer-superseded"
    text = Text(
        "Jawaban sudah diganti sejak naskah ini ditulis; susun naskah baru.",
        "The answer has been replaced since this text was written; draft a new one.",
    )


class TooManyDrafts(Conflict):
    code = "too-many-drafts"
    text = Text(
        f"Sudah ada {MOST_DRAFTS} naskah untuk pertanyaan ini.",
        f"There are {MOST_DRAFTS} texts for this question already.",
    )


def step(now: PublicationState, wanted: PublicationState) -> PublicationState:
    """Return the new state, or refuse the step."""
    if wanted not in _NEXT[now]:
        raise IllegalPublicationStep
    return wanted


def check_reader(author_id: UUID | None, reader_id: UUID | None) -> None:
    """Refuse whoever wrote the text."""
    if author_id == reader_id:
        raise OwnText


def check_anonymous(parts: Mapping[str, str], name: str | None) -> None:
    """Refuse a text in which a person can be found: by a number, an address, or the asker's name.

    A place or a post that gives somebody away is for the second reader to see.
    """
    faults = [
        Fault(f"/{field}", "names-somebody", _NAMES_SOMEBODY)
        for field, text in parts.items()
        if names_somebody(text) or _HANDLE.search(text) or _bears(text, name)
    ]
    if faults:
        raise Invalid(*faults)


def _bears(text: str, name: str | None) -> bool:
    telling = {word for word in _words(name or "") if len(word) >= _TELLING}
    return not telling.isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


_NAMES_SOMEBODY: Final = Text(
    "Naskah terbitan tidak boleh memuat nama penanya, NIK, NIP, nomor telepon, surel, akun, atau"
    " tautan.",
    "A published text may not hold the asker's name, a NIK, a NIP, a telephone number, an e-mail"
    " address, an account or a link.",
)
