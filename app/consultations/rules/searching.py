"""What of a question is sought among published answers."""

import re
from typing import Final

MOST_FOUND: Final = 5
"""More nobody reads before asking."""
_MOST_WORDS: Final = 30
_WORD: Final = re.compile(r"[^\W_]{2,40}")
_EMPTY: Final = frozenset(
    """
    ada adalah agar akan aku anda apa apabila apakah asn atau atas bagaimana bagi bahwa bila
    bisa bisakah boleh bolehkah bukan dalam dan dapat dapatkah dari dengan di dia harus ikut
    ini itu jadi jika juga kalau kami ke kepada kita mohon oleh pada para pegawai pns pppk
    saat saja saya sebagai sebuah sedang seorang seperti serta sudah telah tentang terhadap
    tetapi tidak untuk yang
    """.split()  # noqa: SIM905  seventy quoted words are harder to read
)
"""Words of almost every question: by them everything would be similar to everything."""


def telling_words(asked: str) -> list[str]:
    """The words by which it can be told from other questions, each once; perhaps none."""
    words = dict.fromkeys(_WORD.findall(asked.casefold()))
    return [word for word in words if word not in _EMPTY][:_MOST_WORDS]
