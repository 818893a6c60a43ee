import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.core.errors import Unavailable


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
