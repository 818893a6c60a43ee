"""What an address may do once a day: remembered in this process, and never stored.

Behind one address may be a household or a whole office, and several processes or a new start count
anew: good enough to keep a single hand from voting all day, and it tells nobody who did.
"""

import hashlib
from datetime import date
from typing import Annotated, Final

from fastapi import Depends, Request

from app.web.clock import Now
from app.web.limits import address_of

_ROOM: Final = 100_000


class OnceADay:
    """Which addresses did what today, as hashes that die with the process."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._day: date | None = None
        self._done: set[bytes] = set()

    def first(self, address: str, word: str, on: date) -> bool:
        """Whether it is the first time today; from now on it was done.

        Where there is no room left nothing counts any more before tomorrow: whoever has so many
        addresses would vote again and again.
        """
        if self._day != on:
            self._day, self._done = on, set()
        mark = hashlib.blake2b(f"{address} {word}".encode(), digest_size=16).digest()
        if mark in self._done or len(self._done) >= self._room:
            return False
        self._done.add(mark)
        return True


TODAY: Final = OnceADay()


class Once:
    """The caller, as far as this is asked of it."""

    def __init__(self, request: Request, now: Now) -> None:
        self._address = address_of(request)
        self._on = now.date()

    def first(self, word: str) -> bool:
        return TODAY.first(self._address, word, self._on)


Daily = Annotated[Once, Depends(Once)]
"""For what the public may say once a day."""
