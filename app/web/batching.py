"""Gathers what many requests want written at the same time into one piece of work."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from app.core.errors import Unavailable

T = TypeVar("T")
R = TypeVar("R")

Work: TypeAlias = Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]]
"""Does all of a batch in one transaction: for each item, in order, its answer or its refusal."""

_TOLD_AT_ONCE: Final = 20


class _Fault(NamedTuple):
    """Why an item was not written; what stopped a whole batch keeps the place where it happened."""

    said: Exception
    place: TracebackType | None = None


class _Waiting(NamedTuple, Generic[T, R]):
    """An item, and where its caller waits."""

    item: T
    answer: asyncio.Future[R | _Fault]


class Batcher(Generic[T, R]):
    """Hands whatever arrives while a batch is being written to the next batch.

    There is no timer: who comes alone is served at once, and in a rush the batches grow by
    themselves up to `most`. A second batch begins beside the first only when it is full. Who would
    wait behind `waiting` others is told to come back instead.
    """

    def __init__(self, work: Work[T, R], *, most: int, waiting: int, at_once: int = 2) -> None:
        self._work = work
        self._most = most
        self._room = waiting
        self._at_once = at_once
        self._waiting: deque[_Waiting[T, R]] = deque()
        self._at_work: set[asyncio.Task[None]] = set()
        self._busy = 0
        self._closed = False

    async def put(self, item: T) -> R:
        """Wait until this item is written, and return its answer or raise its refusal.

        Raises `Unavailable` where too many wait. Whatever stopped a whole batch is raised to each
        of its callers: nothing of it was written.
        """
        if self._closed or len(self._waiting) >= self._room:
            raise Unavailable(retry_after=1)
        answer: asyncio.Future[R | _Fault] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(item, answer))
        self._begin()
        outcome = await answer
        if isinstance(outcome, _Fault):
            # The same fault for many callers: each starts from where it happened.
            raise outcome.said.with_traceback(outcome.place)
        return outcome

    async def close(self) -> None:
        """Take nothing more, and return when all that was taken is answered."""
        self._closed = True
        while self._at_work:
            await asyncio.wait(self._at_work)

    def _begin(self) -> None:
        """Begin a batch, at once where none is under way."""
        if not self._waiting or self._busy >= self._at_once:
            return
        if not self._busy or len(self._waiting) >= self._most:
            self._busy += 1
            batch = asyncio.get_running_loop().create_task(self._write())
            self._at_work.add(batch)
            batch.add_done_callback(self._at_work.discard)

    async def _write(self) -> None:
        # Whoever hung up while waiting asked for nothing.
        waiting = (self._waiting.popleft() for _ in range(min(self._most, len(self._waiting))))
        batch = [each for each in waiting if not each.answer.done()]
        try:
            await _settle(batch, await self._outcomes([each.item for each in batch]))
        finally:
            # Nobody is left waiting, even where the process is told to end in the middle.
            for each in batch:
                each.answer.cancel()

    async def _outcomes(self, items: Sequence[T]) -> list[R | _Fault]:
        try:
            said = await self._work(items) if items else []
            return [
                _Fault(each) if isinstance(each, Exception) else each
                for each, _ in zip(said, items, strict=True)
            ]
        except Exception as fault:
            return [_Fault(fault, fault.__traceback__)] * len(items)
        finally:
            # The next one need not wait until these are told.
            self._busy -= 1
            self._begin()


async def _settle(batch: Sequence[_Waiting[T, R]], outcomes: Sequence[R | _Fault]) -> None:
    """Tell some at a time: who reads meanwhile waits for these and not for all of the batch."""
    for first in range(0, len(batch), _TOLD_AT_ONCE):
        some = slice(first, first + _TOLD_AT_ONCE)
        for each, outcome in zip(batch[some], outcomes[some], strict=True):
            if not each.answer.done():
                each.answer.set_result(outcome)
        await asyncio.sleep(0)
