"""What a leaf of the log `declarations` says, in clear and in one line."""

import base64
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

_FORMAT: Final = "netra-leaf/1"
_HASH_BYTES: Final = 32
_ALIKE: Final = 6
_SIGNED: Final = 8
_LATER: Final = 9


class Act(StrEnum):
    """What became of a signature; all but the first name the leaf of the first."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"
    REINSTATED = "reinstated"


class ActLeaf(NamedTuple):
    """One act, with what the tally needs and nothing else.

    `text` and `commitment` are SHA-256 hashes (32 bytes), `region` the code of a regency or city,
    `of` the index of the leaf by which the signature was signed.
    """

    act: Act
    declaration: UUID
    text: bytes
    region: str
    group: str
    role: str
    commitment: bytes
    of: int | None = None


class NotALeaf(ValueError):
    """These bytes are no leaf of the log `declarations`."""


def write_act(leaf: ActLeaf) -> bytes:
    """One line of ASCII: words parted by single spaces, hashes in base64url without padding."""
    alike = _alike(leaf[:_ALIKE])
    of = "" if leaf.of is None else f" {leaf.of}"
    return f"{alike} {_write(leaf.commitment)}{of}".encode("ascii")


# In a rush thousands differ in nothing but the commitment.
@lru_cache(maxsize=4_096)
def _alike(said: tuple[Act, UUID, bytes, str, str, str]) -> str:
    act, declaration, text, *rest = said
    return " ".join((_FORMAT, act, str(declaration), _write(text), *rest))


def read_act(data: bytes) -> ActLeaf:
    """Read a line back; only what `write_act` would write is taken."""
    try:
        words = data.decode("ascii").split(" ")
        leaf = _read(words)
    except (ValueError, IndexError) as wrong:
        raise NotALeaf from wrong
    if len(words) not in (_SIGNED, _LATER) or write_act(leaf) != data:
        raise NotALeaf
    if (leaf.of is None) is not (leaf.act is Act.SIGNED):
        raise NotALeaf
    if not all(word and word.isprintable() for word in words):
        raise NotALeaf
    return leaf


def _read(words: list[str]) -> ActLeaf:
    return ActLeaf(
        act=Act(words[1]),
        declaration=UUID(words[2]),
        text=_unwrite(words[3]),
        region=words[4],
        group=words[5],
        role=words[6],
        commitment=_unwrite(words[7]),
        of=int(words[8]) if len(words) == _LATER else None,
    )


def _write(hashed: bytes) -> str:
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def _unwrite(word: str) -> bytes:
    hashed = base64.urlsafe_b64decode(word + "=")
    if len(hashed) != _HASH_BYTES:
        raise NotALeaf
    return hashed
