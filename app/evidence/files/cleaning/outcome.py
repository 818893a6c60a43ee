from collections import Counter
from dataclasses import dataclass

from app.evidence.rules.copies import CopyFailure, Removed


class Uncleanable(Exception):
    """No copy can be made of this file."""

    def __init__(self, failure: CopyFailure) -> None:
        self.failure = failure
        super().__init__(failure)


@dataclass(frozen=True)
class Cleaned:
    """The bytes of a working copy, and how much of what is no longer in it."""

    content: bytes
    removed: Counter[Removed]
