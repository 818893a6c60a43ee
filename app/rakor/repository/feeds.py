from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import area_of
from app.offices.models import Office
from app.rakor.models.events import Event, EventSession
from app.rakor.schemas.feeds import FeedFilter
from app.regions.models import Region

_MOST: Final = 500
"""Events in one calendar, the latest: more would be downloaded again at every change of one."""


class FeedRepository:
    """What everybody may have in a calendar: events that were announced, also those cancelled
    since; no draft, whoever asks."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def announced(self, wanted: FeedFilter, since: date) -> Sequence[Event]:
        """Those that last until this day or beyond, the latest first."""
        query = _announced(wanted).where(Event.ends_on >= since)
        latest = query.order_by(Event.starts_on.desc(), Event.id).limit(_MOST)
        return (await self.session.scalars(latest)).all()

    async def run_downs(self, events: Sequence[Event]) -> Mapping[UUID, Sequence[EventSession]]:
        query = select(EventSession).where(EventSession.event_id.in_([each.id for each in events]))
        found = defaultdict(list)
        for each in await self.session.scalars(
            query.order_by(EventSession.starts_at, EventSession.id)
        ):
            found[each.event_id].append(each)
        return found

    async def office_name(self, office_id: UUID) -> str | None:
        return await self.session.scalar(select(Office.name).where(Office.id == office_id))

    async def region_name(self, code: str) -> str | None:
        return await self.session.scalar(select(Region.name).where(Region.code == code))


def _announced(wanted: FeedFilter) -> Select[Event]:
    query = select(Event).where(Event.published_at.is_not(None))
    if wanted.office_id is not None:
        query = query.where(Event.office_id == wanted.office_id)
    if wanted.region is not None:
        query = query.where(Event.region_code.startswith(area_of(wanted.region)))
    return query
