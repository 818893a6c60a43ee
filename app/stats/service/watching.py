"""Tells dashboards that figures have moved: one look a second, however many of them listen."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from app.core.database import Sessions, may_pass
from app.core.errors import TooMany, Unavailable
from app.core.texts import Text
from app.stats.repository.feed import Changed, FeedRepository
from app.stats.repository.places import PlaceRepository
from app.stats.repository.reached import Reached, reached
from app.stats.rules.units import Unit
from app.stats.service.asking import area_in

log = structlog.get_logger()

MOST_LISTENERS: Final = 500
"""Of one process: each is an open connection and some kilobytes."""
MOST_OF_ONE: Final = 10
"""Of these, by one account: an officer's browsers, or the screens of a room. A system that shows
figures to many listens once for all of them, and tells them on."""
_RETRY_SECONDS: Final = 30
REMEMBERED_SECONDS: Final = 0.25
"""How long a process may go on telling readers that nothing has moved."""


class TooManyListeners(Unavailable):
    code = "too-many-listeners"
    text = Text(
        "Terlalu banyak dasbor terhubung; coba lagi sebentar, atau baca angka seperti biasa.",
        "Too many dashboards are connected; try again soon, or read the figures as usual.",
    )


class TooManyOfOne(TooMany):
    code = "too-many-listeners-of-one"
    text = Text(
        "Akun ini sudah tersambung di terlalu banyak dasbor; tutup salah satu.",
        "This account is connected with too many dashboards; close one of them.",
    )


@dataclass(frozen=True)
class Moved:
    """Up to which fold the figures are, and which units it moved in the listener's area."""

    fold: int
    at: datetime | None
    units: tuple[Unit, ...]


@dataclass(eq=False)
class Listener:
    area: str
    who: str = ""
    units: set[Unit] = field(default_factory=set)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, changes: list[Changed]) -> None:
        self.units |= {each.unit for each in changes if each.lies_in(self.area)}
        self.woken.set()

    def take(self, to: Reached) -> Moved:
        moved = Moved(to.fold, to.at, tuple(sorted(self.units)))
        self.units.clear()
        self.woken.clear()
        return moved


class FigureWatch:
    """Looks for new folds while somebody listens; no listener holds a database connection."""

    def __init__(
        self,
        sessions: Callable[[], Sessions],
        *,
        seconds: float = 1.0,
        heartbeat: float = 15.0,
        most: int = MOST_LISTENERS,
        most_of_one: int = MOST_OF_ONE,
    ) -> None:
        self._sessions = sessions
        self._seconds = seconds
        self.heartbeat = heartbeat
        self._most = most
        self._most_of_one = most_of_one
        self.listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._to = Reached()
        self._ended = False

    @contextmanager
    def seated(self, area: str, who: str) -> Iterator[Listener]:
        """A seat for as long as somebody listens, where there is room."""
        if self._ended or len(self.listeners) >= self._most:
            raise TooManyListeners(retry_after=_RETRY_SECONDS)
        if sum(each.who == who for each in self.listeners) >= self._most_of_one:
            raise TooManyOfOne(retry_after=_RETRY_SECONDS)
        listener = Listener(area, who)
        self.listeners.add(listener)
        try:
            yield listener
        finally:
            self._remove(listener)

    async def area_in(self, own: str | None, region: str | None) -> str:
        """The reader's own area, or the part of it that is named."""
        async with self._sessions().begin() as session:
            return await area_in(PlaceRepository(session), own, region)

    async def now(self, area: str, since: int | None) -> Moved:
        """How far the figures are, and what moved in an area since a fold."""
        async with self._sessions().begin() as session:
            to = await reached(session)
            changes = await _changes(FeedRepository(session), since, to)
        listener = Listener(area)
        listener.hear(changes)
        return listener.take(to)

    async def follow(self, listener: Listener, since: int | None) -> AsyncGenerator[Moved | None]:
        """What moved since a fold, then each move; nothing where for a while nothing moved."""
        await self._begin()
        # Read only now: what moves from here on is heard.
        first = await self.now(listener.area, since)
        yield first
        while not self._ended:
            yield await self._next(listener, first.fold)

    async def look(self) -> None:
        """Tell all listeners if the figures have moved since the last look."""
        async with self._sessions().begin() as session:
            to = await reached(session)
            changes = await _changes(FeedRepository(session), self._to.fold, to)
        if to.fold != self._to.fold:
            # Who is told asks at once, and must not be answered from what was remembered before.
            await asyncio.sleep(REMEMBERED_SECONDS)
            self._to = to
            for listener in self.listeners:
                listener.hear(changes)

    def end(self) -> None:
        """Let all listeners go; they come back to the next process."""
        self._ended = True
        for listener in self.listeners:
            listener.woken.set()

    async def _next(self, listener: Listener, since: int) -> Moved | None:
        try:
            await asyncio.wait_for(listener.woken.wait(), self.heartbeat)
        except TimeoutError:
            return None
        moved = listener.take(self._to)
        return moved if moved.fold > since and not self._ended else None

    async def _begin(self) -> None:
        if self._looking is not None:
            return
        async with self._sessions().begin() as session:
            to = await reached(session)
        # Another may have come meanwhile, who has to hear all since his own beginning.
        if self._looking is None:
            self._to = to
            self._looking = asyncio.create_task(self._look_again_and_again())

    def _remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            try:
                await self.look()
            except Exception as trouble:
                # Whatever it was, the next look tells all that this one did not.
                kind = type(trouble).__name__
                if may_pass(trouble):
                    log.warning("unavailable", kind=kind)
                else:
                    log.error("failed", kind=kind)


async def _changes(feed: FeedRepository, since: int | None, to: Reached) -> list[Changed]:
    """All units everywhere, where the figures were made anew meanwhile."""
    if since is None or since == to.fold:
        return []
    if since < to.first_fold:
        return [Changed(unit, "") for unit in Unit]
    return await feed.changed(since, to.fold)
