from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor, Permission
from app.core.errors import NotFound
from app.core.paging import Found, Order, Slice, moment, newest_first, page_of
from app.core.places import area_of
from app.core.visibility import visible_to
from app.elections.models import Election
from app.offices.models import Office
from app.rakor.models.events import Event, EventSession
from app.rakor.models.presence import CheckIn, EventDevice, FailedScan
from app.rakor.schemas.events import EventFilter
from app.regions.models import Region


class EventRepository:
    """The events that one actor can see; those once published everybody can."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, *rows: Event | EventSession) -> None:
        self.session.add_all(rows)

    async def add_first(self, events: Sequence[Event]) -> None:
        """Add events to which other rows will point."""
        self.session.add_all(events)
        await self.session.flush()

    async def remove(self, session: EventSession) -> None:
        await self.session.delete(session)
        await self.session.flush()

    async def get(self, event_id: UUID, *, lock: bool = False) -> Event:
        """An event of the actor's area, or to which his office was invited."""
        query = self._visible().where(Event.id == event_id)
        # Not the whole row: what devices bring points to the event, and does not wait.
        return await self._one(query.with_for_update(key_share=True) if lock else query)

    async def held(self, event_id: UUID, *, steady: bool = False) -> Event:
        """The event behind a credential of its own, which lets in without a look at the area;
        `steady`, nobody changes it meanwhile."""
        query = select(Event).where(Event.id == event_id)
        return await self._one(query.with_for_update(read=True) if steady else query)

    async def sees(self, event: Event) -> bool:
        """Whether the actor sees it as an officer: in his area, or because he was invited."""
        query = self._visible().with_only_columns(Event.id).where(Event.id == event.id)
        return await self.session.scalar(query) is not None

    async def get_open(self, event_id: UUID) -> Event:
        return await self._one(self._open().where(Event.id == event_id))

    async def find(self, wanted: EventFilter) -> Found[Event]:
        query = _during(self._open(), wanted)
        for column, value in (
            (Event.stage, wanted.stage),
            (Event.level, wanted.level),
            (Event.office_id, wanted.office_id),
            (Event.election_code, wanted.election_code),
            (Event.series_id, wanted.series_id),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.kind is not None:
            query = query.where(Event.kinds.contains([wanted.kind]))
        if wanted.region is not None:
            query = query.where(Event.region_code.startswith(area_of(wanted.region)))
        return await newest_first(self.session, query, (Event.drafted_at, Event.id), wanted)

    async def run_down(self, event: Event) -> Sequence[EventSession]:
        query = select(EventSession).where(EventSession.event_id == event.id)
        in_order = query.order_by(EventSession.starts_at, EventSession.id)
        return (await self.session.scalars(in_order)).all()

    async def sessions(self, event: Event, wanted: Slice) -> Found[EventSession]:
        query = select(EventSession).where(EventSession.event_id == event.id)
        order = Order(EventSession.starts_at, EventSession.id, moment)
        return await page_of(self.session, query, order, wanted)

    async def session_of(self, event: Event, session_id: UUID) -> EventSession:
        query = select(EventSession).where(EventSession.event_id == event.id)
        session = await self.session.scalar(query.where(EventSession.id == session_id))
        if session is None:
            raise NotFound
        return session

    async def count_sessions(self, event: Event) -> int:
        query = select(func.count()).where(EventSession.event_id == event.id)
        return await self.session.scalar(query) or 0

    async def is_attended(self, event: Event, session: EventSession) -> bool:
        """Also by who was seen at its door and did not count."""
        for kind in (CheckIn, FailedScan):
            query = select(kind.id).where(
                kind.region_id == event.region_id,
                kind.event_id == event.id,
                kind.session_id == session.id,
            )
            if await self.session.scalar(query.limit(1)) is not None:
                return True
        return False

    async def is_taken_along(self, event: Event) -> bool:
        """Whether a device has its run-down, perhaps where no network is."""
        query = select(EventDevice.id).where(
            EventDevice.event_id == event.id, EventDevice.bundled_at.is_not(None)
        )
        return await self.session.scalar(query.limit(1)) is not None

    async def has_session(self, event: Event, session_id: UUID) -> bool:
        query = select(EventSession.id).where(EventSession.event_id == event.id)
        return await self.session.scalar(query.where(EventSession.id == session_id)) is not None

    async def office(self, office_id: UUID) -> Office | None:
        return await self.session.get(Office, office_id)

    async def region(self, code: str) -> Region | None:
        return await self.session.get(Region, code)

    async def election(self, code: str) -> Election | None:
        return await self.session.get(Election, code)

    async def _one(self, query: Select[Event]) -> Event:
        event = await self.session.scalar(query)
        if event is None:
            raise NotFound
        return event

    def _visible(self) -> Select[Event]:
        return select(Event).where(self._seen_by_staff())

    def _open(self) -> Select[Event]:
        return select(Event).where(or_(Event.published_at.is_not(None), self._seen_by_staff()))

    def _seen_by_staff(self) -> ColumnElement[bool]:
        # A door open to everybody does not ask for the permission, so the query does.
        if not self.actor.may(Permission.READ_EVENTS):
            return false()
        return visible_to(self.actor, Event.id, Event.region_code)


def _during(query: Select[Event], wanted: EventFilter) -> Select[Event]:
    if wanted.since is not None:
        query = query.where(Event.ends_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(Event.starts_on <= wanted.until)
    return query
