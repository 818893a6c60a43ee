"""Proposed changes of the law, and what each would move."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import ClockMove, ClockPreview
from app.clocks.schemas.previews import MoveFilter, PreviewFilter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, Order, moment, newest_first, page_of
from app.core.visibility import visible_to

FIRST: Final = 20


class PreviewRepository:
    """Proposals are for every reader, for they bind everybody; of their moves each sees his own."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, preview: ClockPreview) -> None:
        self.session.add(preview)

    async def flush(self) -> None:
        await self.session.flush()

    async def get(self, preview_id: UUID) -> ClockPreview:
        return await self._one(select(ClockPreview).where(ClockPreview.id == preview_id))

    async def lock(self, preview_id: UUID) -> ClockPreview:
        """For the approval: a national matter, out of sight for whoever oversees less."""
        seen = visible_to(self.actor, ClockPreview.id, ClockPreview.region_code)
        query = select(ClockPreview).where(ClockPreview.id == preview_id, seen)
        return await self._one(query.with_for_update())

    async def find(self, wanted: PreviewFilter) -> Found[ClockPreview]:
        by = (ClockPreview.proposed_at, ClockPreview.id)
        return await newest_first(self.session, select(ClockPreview), by, wanted)

    async def moves(self, preview_id: UUID, wanted: MoveFilter) -> Found[ClockMove]:
        """First due first."""
        order = Order(ClockMove.due_at, ClockMove.id, moment)
        return await page_of(self.session, self._moves(preview_id), order, wanted)

    async def first_moves(self, preview_id: UUID) -> list[ClockMove]:
        ordered = self._moves(preview_id).order_by(ClockMove.due_at, ClockMove.id)
        return list(await self.session.scalars(ordered.limit(FIRST)))

    def _moves(self, preview_id: UUID) -> Select[ClockMove]:
        return select(ClockMove).where(ClockMove.preview_id == preview_id, self._is_visible())

    def _is_visible(self) -> ColumnElement[bool]:
        return visible_to(self.actor, ClockMove.subject_id, ClockMove.region_code)

    async def _one(self, query: Select[ClockPreview]) -> ClockPreview:
        preview = await self.session.scalar(query)
        if preview is None:
            raise NotFound
        return preview
