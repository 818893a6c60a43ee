from collections.abc import Sequence
from typing import Final

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation

_NUMBER: Final = Invitation.queue_number


class QueueRepository:
    """Those who accepted an invitation to an event, in the order of their answers."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def next_number(self, event: Event) -> int:
        """Whoever draws it holds the lock of the event."""
        last = await self.session.scalar(
            select(func.max(_NUMBER)).where(Invitation.event_id == event.id)
        )
        return (last or 0) + 1

    async def last_seated(self, event: Event) -> int | None:
        """The number behind which one waits; none where there is room for everybody."""
        if event.capacity is None:
            return None
        query = (
            select(_NUMBER)
            .where(Invitation.event_id == event.id, _NUMBER.is_not(None))
            .order_by(_NUMBER)
        )
        return await self.session.scalar(query.offset(event.capacity - 1).limit(1))

    async def accepted(self, event: Event) -> int:
        """How many said that they come, with a seat or without."""
        query = self._queue(event).with_only_columns(func.count())
        return await self.session.scalar(query) or 0

    async def between(self, event: Event, start: int, stop: int | None) -> Sequence[Invitation]:
        """From one place in the queue, counted from 0, up to another."""
        query = self._queue(event).order_by(_NUMBER).offset(start)
        query = query if stop is None else query.limit(max(0, stop - start))
        return (await self.session.scalars(query)).all()

    async def queue_online(self, event: Event) -> None:
        """Who joins by network gets a number after all others, in the order of answering."""
        place = func.row_number().over(order_by=(Invitation.answered_at, Invitation.id))
        waits = (
            select(Invitation.id, place.label("place"))
            .where(
                Invitation.event_id == event.id,
                Invitation.joins_online,
                Invitation.withdrawn_at.is_(None),
            )
            .subquery()
        )
        last = await self.next_number(event) - 1
        statement = update(Invitation).where(Invitation.id == waits.c.id)
        statement = statement.values(joins_online=False, queue_number=last + waits.c.place)
        await self.session.execute(statement.execution_options(synchronize_session=False))

    async def waiting_number(self, invitation: Invitation, last_seated: int) -> int:
        query = select(func.count()).where(
            Invitation.event_id == invitation.event_id,
            last_seated < _NUMBER,
            invitation.queue_number >= _NUMBER,
        )
        return await self.session.scalar(query) or 0

    def _queue(self, event: Event) -> Select[Invitation]:
        return select(Invitation).where(Invitation.event_id == event.id, _NUMBER.is_not(None))
