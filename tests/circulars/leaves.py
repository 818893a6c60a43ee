"""Reads what the log of circulars says, as anybody may who holds a proof against it."""

import base64
from datetime import date
from typing import Final
from uuid import UUID

from app.circulars.rules.leaves import CircularAct, CircularLeaf, write_leaf

_WORDS: Final = 5
_HASH_BYTES: Final = 32


class NotACircularLeaf(ValueError):
    """These bytes are no leaf of the log `circulars`."""


def read_leaf(data: bytes) -> CircularLeaf:
    """Read a line back; only what `write_leaf` would write is taken."""
    try:
        words = data.decode("ascii").split(" ")
        if len(words) != _WORDS:
            raise NotACircularLeaf
        content = base64.urlsafe_b64decode(f"{words[3]}=")
        leaf = CircularLeaf(
            CircularAct(words[1]), UUID(words[2]), content, date.fromisoformat(words[4])
        )
    except ValueError as wrong:
        raise NotACircularLeaf from wrong
    if len(content) != _HASH_BYTES or write_leaf(leaf) != data:
        raise NotACircularLeaf
    return leaf
