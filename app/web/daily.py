"""What an address may do once a day: remembered in this process, and never stored.

Behind one address may be a household or a whole office, and several processes or a new start count
anew: good enough to keep a single hand from voting all day, and it tells nobody who did.
"""

import hashlib
from collections.abc import AsyncGenerator
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
        mark = _mark(address, word)
        if mark in self._done or len(self._done) >= self._room:
            return False
        self._done.add(mark)
        return True

    def forget(self, address: str, word: str) -> None:
        """It did not happen after all."""
        self._done.discard(_mark(address, word))


def _mark(address: str, word: str) -> bytes:
    return hashlib.blake2b(f"{address} {word}".encode(), digest_size=16).digest()


TODAY: Final = OnceADay()


class Once:
    """The caller, as far as this is asked of it."""

    def __init__(self, request: Request, now: Now) -> None:
        self._address = address_of(request)
        self._on = now.date()
        self._said: list[str] = []

    def first(self, word: str) -> bool:
        is_first = TODAY.first(self._address, word, self._on)
        if is_first:
            self._said.append(word)
        return is_first

    def take_back(self) -> None:
        for word in self._said:
            TODAY.forget(self._address, word)


async def open_once(request: Request, now: Now) -> AsyncGenerator[Once, None]:
    once = Once(request, now)
    try:
        yield once
    except BaseException:
        once.take_back()
        raise


Daily = Annotated[Once, Depends(open_once, scope="function")]
"""For what the public may say once a day. Name it before the service: where the unit of work is not
committed, it was not said."""
