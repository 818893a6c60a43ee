import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.remembered import Remembered
from app.rakor.models.events import Event
from app.rakor.repository.feeds import FeedRepository
from app.rakor.schemas.feeds import FeedFilter
from app.rakor.service.calendars import write_feed

_KEPT: Final = timedelta(days=365)
"""So long an event stays in the calendars after it is over."""
_NAME: Final = "Kegiatan pencegahan"

_WRITTEN: Final[Remembered[bytes]] = Remembered(seconds=3_600, room=50)
"""Calendars as they were written, by what they were written from."""


class FeedService:
    """The calendar of announced events; the same for everybody who asks, so that it is cached."""

    def __init__(self, session: AsyncSession, _: Actor, now: datetime, __: Keyring) -> None:
        self.feeds = FeedRepository(session)
        self.now = now

    async def write(self, wanted: FeedFilter) -> bytes:
        events = await self.feeds.announced(wanted, (self.now - _KEPT).date())
        name = await self._name(wanted)
        state = _state(name, events)
        return _WRITTEN.get(state) or _WRITTEN.keep(state, await self._written(name, events))

    async def _written(self, name: str, events: Sequence[Event]) -> bytes:
        run_downs = await self.feeds.run_downs(events)
        told = [(each, run_downs.get(each.id, ())) for each in events]
        # A third of a second for a full calendar: meanwhile others are served.
        return await asyncio.to_thread(write_feed, name, told)

    async def _name(self, wanted: FeedFilter) -> str:
        """What the calendar is called: by the office, and by the region, as far as known."""
        office = await self.feeds.office_name(wanted.office_id) if wanted.office_id else None
        region = await self.feeds.region_name(wanted.region) if wanted.region else None
        return " · ".join(part for part in (_NAME, office, region) if part)


def _state(name: str, events: Sequence[Event]) -> str:
    """Another one whenever a calendar would be another: each change of an event, also of its
    run-down, raises its version."""
    versions = "".join(f"\n{each.id} {each.version}" for each in events)
    return hashlib.sha256(f"{name}{versions}".encode()).hexdigest()
