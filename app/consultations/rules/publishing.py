"""The law of publishing an answer: another text, read by a second person, naming nobody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_TITLE: Final = re.compile(r"^(provinsi|kabupaten|kota( administrasi)?|kecamatan) ", re.IGNORECASE)


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


class NamedAsker(NotAllowed):
    code = "named-asker"
    text = Text(
        "Penanya memberi nama: hanya kantor di wilayah itu yang menyusun dan menyetujui naskah.",
        "A name was given: only the office of the place drafts and approves a text.",
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


def check_office(name: str | None, of_the_place: UUID, own: UUID | None) -> None:
    """Refuse an office that may not read the name: what is refused of a text would spell it."""
    if name is not None and own != of_the_place:
        raise NamedAsker


@dataclass(frozen=True)
class NamedPlace:
    """A region or an office by its name; small ones are often called like common words."""

    name: str
    is_small: bool = False

    def stands_in(self, text: str) -> bool:
        """In any case; of a small one only as names are written, with capitals."""
        words = _WORD.findall(_TITLE.sub("", self.name))
        if not self.is_small:
            return _phrase(words, re.IGNORECASE).search(text) is not None
        shouted = [word.upper() for word in words]
        return any(_phrase(each).search(text) for each in (words, shouted))


def check_anonymous(
    parts: Mapping[str, str], name: str | None, places: Sequence[NamedPlace] = ()
) -> None:
    """Refuse a text in which a person can be found: by a number, an address, the asker's name, or
    the place and the office of the question.

    What else gives somebody away, a post or another place, is for the second reader to see.
    """
    faults = []
    for field, text in parts.items():
        if names_somebody(text) or _HANDLE.search(text) or _bears(text, name):
            faults.append(Fault(f"/{field}", "names-somebody", _NAMES_SOMEBODY))
        if any(place.stands_in(text) for place in places):
            faults.append(Fault(f"/{field}", "names-place", _NAMES_PLACE))
    if faults:
        raise Invalid(*faults)


def _phrase(words: Sequence[str], flags: int = 0) -> re.Pattern[str]:
    phrase = r"\W+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){phrase}(?!\w)", flags)


def _bears(text: str, name: str | None) -> bool:
    telling = {word for word in _words(name or "") if len(word) >= _TELLING}
    return not telling.isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


_NAMES_PLACE: Final = Text(
    "Naskah terbitan tidak boleh menyebut wilayah atau kantor asal pertanyaan.",
    "A published text may not name the place or the office of the question.",
)
_NAMES_SOMEBODY: Final = Text(
    "Naskah terbitan tidak boleh memuat nama penanya, NIK, NIP, nomor telepon, surel, akun, atau"
    " tautan.",
    "A published text may not hold the asker's name, a NIK, a NIP, a telephone number, an e-mail"
    " address, an account or a link.",
)
