"""The journal is written in the same transaction as the act it records."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.repository import Horizon, JournalRepository, Row, SequenceRepository, Times
from app.core.actors import Actor
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.core.places import Placed

Listener: TypeAlias = Callable[[AsyncSession, Actor, JournalEntry], Awaitable[None]]
Listeners: TypeAlias = Mapping[str, Sequence[Listener]]
"""Who wants to know of which action, in the same transaction; `main` holds the one table."""

LISTENERS: Final = "listeners"


class Journal:
    """Records what an actor does at one moment, and tells those who registered for it."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.entries = JournalRepository(session)
        self.actor = actor
        self.now = now

    async def record(self, action: str, subject: Placed, **payload: str | int | bool) -> None:
        """Write one entry; the payload holds codes and counts, never personal data."""
        entry = JournalEntry(**self._row(action, subject, payload)._asdict())
        await self.entries.add(entry)
        await self._tell([entry])

    async def record_each(
        self, action: str, subjects: Sequence[Placed], **payload: str | int | bool
    ) -> None:
        """Write an entry for each subject to which the same was done."""
        await self.record_all(action, [(subject, payload) for subject in subjects])

    async def record_all(
        self, action: str, subjects: Sequence[tuple[Placed, Mapping[str, str | int | bool]]]
    ) -> None:
        """Write an entry for each subject, each with a payload of its own."""
        await self.add(action, self.prepare(action, subjects))

    def prepare(
        self, action: str, subjects: Sequence[tuple[Placed, Mapping[str, str | int | bool]]]
    ) -> list[Row]:
        """Make the entries that `add` will write, perhaps only some of them."""
        return [self._row(action, subject, payload) for subject, payload in subjects]

    async def add(self, action: str, rows: Sequence[Row]) -> None:
        """Write entries of this action, as `prepare` made them."""
        await self.entries.add_each(rows)
        # Objects of the database toolkit cost more than the rows: only those who listen get them.
        if self._listeners(action):
            await self._tell([JournalEntry(**row._asdict()) for row in rows])

    async def _tell(self, entries: Sequence[JournalEntry]) -> None:
        for entry in entries:
            for tell in self._listeners(entry.action):
                await tell(self.session, self.actor, entry)

    def _listeners(self, action: str) -> Sequence[Listener]:
        listeners: Listeners = self.session.info.get(LISTENERS, {})
        return listeners.get(action, ())

    def _row(self, action: str, subject: Placed, payload: Mapping[str, str | int | bool]) -> Row:
        return Row(
            region_id=subject.region_id,
            id=new_id(),
            at=self.now,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            office_id=self.actor.office_id,
            action=action,
            subject_id=subject.id,
            region_code=subject.region_code,
            payload=payload,
        )

    async def history(
        self, subject: Placed, wanted: Slice, of: Sequence[str] = ()
    ) -> Found[JournalEntry]:
        """What was done with one thing, newest first; with `of`, only acts on things so named."""
        return await self.entries.about(subject, wanted, of)

    async def times(self, subject: Placed, action: str, most: int) -> Times:
        return await self.entries.times(subject, action, most)


class Sequencer:
    """Gives committed entries their gapless number, region by region."""

    def __init__(self, session: AsyncSession, since: int = 0) -> None:
        self.sequences = SequenceRepository(session, since)

    async def horizon(self) -> Horizon:
        return await self.sequences.horizon()

    async def waiting(self, horizon: Horizon) -> Sequence[int]:
        return await self.sequences.regions_waiting(horizon)

    async def number(self, region_id: int, horizon: Horizon) -> int:
        """Number what waits in one region; one worker at a time."""
        last = await self.sequences.lock(region_id)
        return await self.sequences.number(region_id, last, horizon)
