"""In which order people stand in a document: who leads, then by position, then by name.

Positions are free text, so the rank is read from their words: UU 23/2014 (heads of regions,
regional secretary, agencies, districts), UU 6/2014 (villages) and UU 20/2023 (echelons).
"""

import re
from typing import Final

_LEADS: Final = -1
_RANKS: Final = (
    r"presiden|menteri|panglima|kapolri|jaksa agung",
    r"gubernur|pangdam|kapolda|kajati",
    r"bupati|wali ?kota|dandim|kapolres|kajari",
    r"ketua dprd|ketua bawaslu|ketua kpu",
    r"sekretaris (daerah|jenderal|utama)|sekda\b|direktur jenderal",
    r"asisten|staf ahli|inspektur\b",
    r"kepala (dinas|badan|biro|satuan|kantor|pelaksana)|sekretaris dprd|direktur|kadis\b|kaban\b",
    r"camat|danramil|kapolsek",
    r"kepala (bidang|bagian|sub|seksi|uptd?)|kabid\b|kabag\b|sekretaris (dinas|badan|camat)|sekcam",
    r"lurah|kepala (desa|nagari|kampung)|wali nagari|keuchik|pembakal|hukum tua|penghulu",
)
# Who only works for somebody names him too (an adjutant, a driver): a position begins with its
# rank, after words that say how it is held.
_HELD: Final = r"(bapak|ibu|plt|plh|pj|pjs|pelaksana (tugas|harian)|penjabat( sementara)?|wakil|wk)"
_DEPUTY: Final = re.compile(r"\bwakil\b|\bwk\b")
_PATTERNS: Final = tuple(re.compile(rf"(?P<held>({_HELD}\.? )*)({words})") for words in _RANKS)
_LAST: Final = 2 * len(_RANKS)


def rank_of(position: str, led_by: str) -> int:
    """The lower, the earlier; who leads comes first, a deputy right after his own rank."""
    plain = _plain(position)
    if plain and plain == _plain(led_by):
        return _LEADS
    for place, pattern in enumerate(_PATTERNS):
        if (found := pattern.match(plain)) is not None:
            return 2 * place + bool(_DEPUTY.search(found["held"]))
    return _LAST


def order_of(position: str, name: str, led_by: str) -> tuple[int, str, str]:
    """By what signatories are sorted."""
    return rank_of(position, led_by), position.casefold(), name.casefold()


def _plain(position: str) -> str:
    return " ".join(position.casefold().replace(".", ". ").split())
