"""What a leaf of the log `circulars` says, in clear and in one line."""

import base64
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from app.circulars.rules.circulars import Ending

_FORMAT: Final = "netra-circular/1"


class CircularAct(StrEnum):
    """What was done with a circular; what ends it is called as the state it ends in."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


ENDED: Final = {
    Ending.SUPERSEDED: CircularAct.SUPERSEDED,
    Ending.REVOKED: CircularAct.REVOKED,
}


class CircularLeaf(NamedTuple):
    """One act: the SHA-256 of the text as it was issued, and the day from which the act counts."""

    act: CircularAct
    circular: UUID
    content: bytes
    on: date


def write_leaf(leaf: CircularLeaf) -> bytes:
    """One line of ASCII: words parted by single spaces, the hash in base64url without padding."""
    content = base64.urlsafe_b64encode(leaf.content).rstrip(b"=").decode()
    words = (_FORMAT, leaf.act.value, str(leaf.circular), content, leaf.on.isoformat())
    return " ".join(words).encode("ascii")
