import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias

from app.certificates.service.press import Press
from app.core.database import Sessions
from app.core.remembered import Remembered
from app.rakor.models.events import Event, EventSession
from app.rakor.repository.feeds import FeedRepository
from app.rakor.schemas.feeds import FeedFilter
from app.rakor.service.calendars import write_feed

_KEPT: Final = timedelta(days=365)
"""So long an event stays in the calendars after it is over."""
_NAME: Final = "Kegiatan pencegahan"

_WRITTEN: Final[Remembered[bytes]] = Remembered(seconds=3_600, room=50)
"""Calendars as they were written, by what they were written from."""

PRESS: Final = Press(at_once=1, most_waiting=40)

Told: TypeAlias = Sequence[tuple[Event, Sequence[EventSession]]]


class FeedService:
    """The calendar of announced events; the same for everybody who asks, so that it is cached."""

    def __init__(self, sessions: Sessions, now: datetime) -> None:
        self.sessions = sessions
        self.now = now

    async def write(self, wanted: FeedFilter) -> bytes:
        """Read in a unit of work that ends before the press is waited for."""
        async with self.sessions.begin() as session:
            feeds = FeedRepository(session)
            events = await feeds.announced(wanted, (self.now - _KEPT).date())
            name = await _name(feeds, wanted)
            state = _state(name, events)
            written = _WRITTEN.get(state)
            if written is not None:
                return written
            run_downs = await feeds.run_downs(events)
        told = [(each, run_downs.get(each.id, ())) for each in events]
        # A third of a second for a full calendar: meanwhile others are served.
        return await PRESS.print(partial(_written, state, name, told))


def _written(state: str, name: str, told: Told) -> bytes:
    """Whoever waited behind another who asked the same gets what that one got."""
    return _WRITTEN.get(state) or _WRITTEN.keep(state, write_feed(name, told))


async def _name(feeds: FeedRepository, wanted: FeedFilter) -> str:
    """What the calendar is called: by the office, and by the region, as far as known."""
    office = await feeds.office_name(wanted.office_id) if wanted.office_id else None
    region = await feeds.region_name(wanted.region) if wanted.region else None
    return " · ".join(part for part in (_NAME, office, region) if part)


def _state(name: str, events: Sequence[Event]) -> str:
    """Another one whenever a calendar would be another: each change of an event, also of its
    run-down, raises its version."""
    versions = "".join(f"\n{each.id} {each.version}" for each in events)
    return hashlib.sha256(f"{name}{versions}".encode()).hexdigest()
