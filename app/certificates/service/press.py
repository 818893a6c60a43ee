import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from app.core.errors import Unavailable
from app.core.remembered import Remembered

_KEPT: Final = 64
"""Editions that a press keeps; some 100 kB each."""


class Press:
    """Typesets a few sheets at a time, beside the event loop; a long queue is turned away."""

    def __init__(self, *, at_once: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="press")
        self._most = at_once + most_waiting
        self._taken = 0

    async def print(self, typeset: Callable[[], bytes]) -> bytes:
        """Run it when its turn comes; Unavailable where too many wait already."""
        if self._taken >= self._most:
            raise Unavailable(retry_after=1)
        self._taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, typeset)
        finally:
            self._taken -= 1


class EditionPress(Press):
    """Prints what everybody may read: each edition goes through it once in a minute."""

    def __init__(self, *, at_once: int, most_waiting: int) -> None:
        super().__init__(at_once=at_once, most_waiting=most_waiting)
        self._printed: Remembered[asyncio.Future[bytes]] = Remembered(seconds=60, room=_KEPT)

    async def print_edition(self, edition: str, typeset: Callable[[], bytes]) -> bytes:
        """The last printing of this edition, or a new one."""
        printing = self._printed.get(edition)
        if printing is None or _has_failed(printing):
            printing = self._printed.keep(edition, asyncio.ensure_future(self.print(typeset)))
        # Others may wait for it too, when the first of them hangs up.
        return await asyncio.shield(printing)


def _has_failed(printing: asyncio.Future[bytes]) -> bool:
    return printing.done() and (printing.cancelled() or printing.exception() is not None)
