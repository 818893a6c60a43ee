from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.sight import seen_by, within
from app.circulars.rules.cascade import Figures
from app.circulars.rules.circulars import is_over
from app.core.actors import Actor
from app.posts.rules.categories import PostCategory


class Counted(NamedTuple):
    """The figures of one category on one level of the cascade."""

    depth: int
    category: PostCategory
    figures: Figures


class ReachRepository:
    """How far circulars have come, among the addressed offices that one actor can see."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def figures(
        self,
        circular: Circular,
        today: date,
        region: str | None = None,
        parent: UUID | None = None,
    ) -> Sequence[Counted]:
        """By depth and category, in one pass."""
        groups = (CircularAddressee.depth, CircularAddressee.category)
        late = CircularAddressee.next_due_on < today
        query = select(
            *groups,
            func.count(),
            func.count(CircularAddressee.acknowledged_at),
            func.count().filter(CircularAddressee.forwarded > 0),
            func.sum(CircularAddressee.owed),
            func.sum(CircularAddressee.done),
            func.count().filter(false() if is_over(circular.ended_on, today) else late),
        ).where(self._seen_of(circular), CircularAddressee.circular_id == circular.id)
        if region is not None:
            query = query.where(within(region))
        if parent is not None:
            query = query.where(CircularAddressee.ancestors.contains([parent]))
        rows = await self.session.execute(query.group_by(*groups).order_by(*groups))
        return [Counted(depth, category, Figures(*counted)) for depth, category, *counted in rows]

    def _seen_of(self, circular: Circular) -> ColumnElement[bool]:
        """Of one's own circular, and over the whole country, all: measured, to ask it of each of
        91,000 rows took half of the time."""
        is_own = self.actor.office_id == circular.office_id
        return true() if is_own or self.actor.area == "" else seen_by(self.actor)
