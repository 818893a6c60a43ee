from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound, Stale
from app.core.ids import new_id
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.minutes import Minutes
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.rules import events as rules
from app.rakor.schemas.minutes import MinutesIn, MinutesOut, MinutesPatch
from app.rakor.service.events import Organiser


class MinutesService:
    """The minutes of an event: written once, revised as often as needed, no revision lost."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.now = now
        self.keys = keys

    async def write(self, event_id: UUID, form: MinutesIn) -> MinutesOut:
        event = await self.organiser.take(event_id)
        rules.check_stage(event.stage, rules.UNDER_WAY)
        if await self.minutes.last(event) is not None:
            raise rules.MinutesWritten
        return await self._keep(event, form, 1)

    async def revise(self, event_id: UUID, version: int, patch: MinutesPatch) -> MinutesOut:
        event = await self.organiser.take(event_id)
        last = await self._last(event)
        if last.version != version:
            raise Stale
        content = files.open_minutes(last.sealed, last.id, self.keys)
        if "text" in patch.model_fields_set:
            content.text = patch.text
        if "decisions" in patch.model_fields_set:
            content.decisions = patch.decisions
        return await self._keep(event, content, version + 1)

    async def read(self, event_id: UUID) -> MinutesOut:
        """Read them; they may name persons, so the reading is an entry in the journal."""
        event = await self.events.get(event_id)
        last = await self._last(event)
        await self.journal.record("minutes.read", event, version=last.version)
        return _out(last, files.open_minutes(last.sealed, last.id, self.keys))

    async def _last(self, event: Event) -> Minutes:
        last = await self.minutes.last(event)
        if last is None:
            raise NotFound
        return last

    async def _keep(self, event: Event, content: MinutesIn, version: int) -> MinutesOut:
        id = new_id()
        minutes = Minutes(
            id=id,
            event_id=event.id,
            version=version,
            sealed=files.seal_minutes(content, id, self.keys),
            written_at=self.now,
        )
        self.minutes.add(minutes)
        await self.journal.record("minutes.written", event, version=version)
        return _out(minutes, content)


def _out(minutes: Minutes, content: MinutesIn) -> MinutesOut:
    return MinutesOut(
        event_id=minutes.event_id,
        version=minutes.version,
        text=content.text,
        decisions=content.decisions,
        written_at=minutes.written_at,
    )
