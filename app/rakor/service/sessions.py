"""The run-down of an event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import Stale
from app.core.paging import Found, Slice
from app.rakor.models.events import Event, EventSession
from app.rakor.repository.events import EventRepository
from app.rakor.rules import events as rules
from app.rakor.rules.plans import (
    SessionAttended,
    SessionTakenAlong,
    check_room,
    next_sequence,
)
from app.rakor.schemas.events import SessionIn, SessionPatch
from app.rakor.service.events import Organiser
from app.rakor.service.plans import day_of


class RunDownService:
    """Adding sessions to an event, changing and removing them as long as it lies ahead."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.events = EventRepository(session, actor)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def find(self, event_id: UUID, wanted: Slice) -> Found[EventSession]:
        return await self.events.sessions(await self.events.get_open(event_id), wanted)

    async def add(self, event_id: UUID, form: SessionIn) -> EventSession:
        event = await self._take(event_id)
        check_room(await self.events.count_sessions(event))
        session = EventSession(
            event_id=event.id,
            held_on=day_of(event, form),
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            title=form.title,
            contributors=_told(form),
        )
        self.events.add(session)
        await self._record(event, session, "event.session_added")
        return session

    async def revise(
        self, event_id: UUID, session_id: UUID, version: int, patch: SessionPatch
    ) -> EventSession:
        event = await self._take(event_id)
        session = await self.events.session_of(event, session_id)
        if session.version != version:
            raise Stale
        before = SessionIn.model_validate(session, from_attributes=True)
        form = before.model_copy(
            update={name: getattr(patch, name) for name in patch.model_fields_set}
        )
        session.held_on = day_of(event, form)
        session.starts_at = form.starts_at
        session.ends_at = form.ends_at
        session.title = form.title
        session.contributors = _told(form)
        session.version += 1
        await self._record(event, session, "event.session_revised")
        return session

    async def remove(self, event_id: UUID, session_id: UUID) -> EventSession:
        event = await self._take(event_id)
        session = await self.events.session_of(event, session_id)
        if await self.events.is_attended(event, session):
            raise SessionAttended
        if await self.events.is_taken_along(event):
            raise SessionTakenAlong
        await self.events.remove(session)
        await self._record(event, session, "event.session_removed")
        return session

    async def _take(self, event_id: UUID) -> Event:
        event = await self.organiser.take(event_id)
        rules.check_stage(event.stage, rules.TO_COME)
        return event

    async def _record(self, event: Event, session: EventSession, action: str) -> None:
        """Whoever has the event in a calendar plans by its run-down."""
        event.version += 1
        event.sequence = next_sequence(event.sequence, event.stage, is_news=True)
        event.changed_at = self.now
        await self.journal.record(action, event, session=str(session.id), sequence=event.sequence)


def _told(form: SessionIn) -> list[dict[str, str]]:
    return [each.model_dump(mode="json") for each in form.contributors]
