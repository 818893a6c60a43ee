"""Names of persons, with and without the titles that people write around them."""

import re
import unicodedata
from typing import Final


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Academic, military and religious titles as they are written before a name, without dots.
_BEFORE: Final = _listed("apt dr dra drg drh drs h hc hj ir kh ns prof tgk ust ustad ustadz")
# Degrees as they are written behind a name, without dots; a comma before them may be missing.
_BEHIND: Final = _listed(
    "amd amdkeb amdkep amdkom apt ba bba bsc dea lc lcma llm ma mag map mars mba mcomm me mei mfarm"
    " mh mhi mhum mhut mik mikom mkes mkn mkom mm mmpd mp mpd mpdi mph mpsi msc msi msn msos mt mth"
    " ns phd sab sag sap sars sds se sei sfarm sgz sh shi shum shut si sik sikom sip skep skh skm"
    " skom sked sp spd spdi spi spog spsi spt ss ssi ssit ssn ssos sst ssth sstp st sth sthi stp"
    " stth"
)
_PART: Final = re.compile(r"[\s,]+")
WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['\u2019`](?=\w)")


def folded(text: str) -> str:
    """Text without the ways in which people type the same: case, width, `Jum'at` and `Jumat`."""
    return _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).casefold())


def plain_name(written: str) -> str:
    """A name without titles, case and punctuation; of nothing but titles it is all of them."""
    parts = [part for part in _PART.split(folded(written)) if WORD.search(part)]
    return _joined(_without_titles(parts)) or _joined(parts)


def _without_titles(parts: list[str]) -> list[str]:
    first, last = 0, len(parts)
    while first < last and _bare(parts[first]) in _BEFORE:
        first += 1
    while first < last and _bare(parts[last - 1]) in _BEHIND:
        last -= 1
    return parts[first:last]


def _bare(part: str) -> str:
    return "".join(WORD.findall(part))


def _joined(parts: list[str]) -> str:
    return " ".join(WORD.findall(" ".join(parts)))
