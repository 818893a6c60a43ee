"""What a process has read, and need not read again for every request."""

from collections.abc import Hashable
from time import monotonic
from typing import Final, Generic, TypeVar

T = TypeVar("T")

SECONDS: Final = 30.0
"""How long a process may go on with reference rows that a load has just replaced."""
_ROOM: Final = 100_000


class Remembered(Generic[T]):
    """What was read under a key, for so many seconds; what was not found is asked for again.

    It holds at most `room` of them.
    """

    def __init__(self, seconds: float = SECONDS, room: int = _ROOM) -> None:
        self._seconds = seconds
        self._room = room
        self._read: dict[Hashable, tuple[float, T]] = {}

    def get(self, key: Hashable) -> T | None:
        at, value = self._read.get(key, (0.0, None))
        return value if monotonic() - at < self._seconds else None

    def keep(self, key: Hashable, value: T) -> T:
        if len(self._read) >= self._room:
            self._read.clear()
        self._read[key] = (monotonic(), value)
        return value

    def forget(self) -> None:
        self._read.clear()
