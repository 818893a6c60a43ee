from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.search import SavedQueue
from app.core.actors import Actor
from app.core.errors import NotFound


class QueueRepository:
    """The saved queues of one officer and of the office; those of others do not exist here."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, queue: SavedQueue) -> None:
        self.session.add(queue)

    async def delete(self, queue: SavedQueue) -> None:
        await self.session.delete(queue)

    async def get(self, queue_id: UUID) -> SavedQueue:
        query = select(SavedQueue).where(SavedQueue.id == queue_id, self._own())
        queue = await self.session.scalar(query)
        if queue is None:
            raise NotFound
        return queue

    async def all(self) -> Sequence[SavedQueue]:
        query = select(SavedQueue).where(self._own())
        return (await self.session.scalars(query.order_by(SavedQueue.saved_at))).all()

    async def count(self, officer_id: UUID | None) -> int:
        query = select(func.count()).select_from(SavedQueue).where(self._own())
        owner = SavedQueue.officer_id
        mine = owner.is_(None) if officer_id is None else owner == officer_id
        return await self.session.scalar(query.where(mine)) or 0

    def _own(self) -> ColumnElement[bool]:
        mine = or_(SavedQueue.officer_id == self.actor.id, SavedQueue.officer_id.is_(None))
        return and_(SavedQueue.office_id == self.actor.office_id, mine)
