from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.rakor.models.closings import AttendanceApproval, AttendanceClosing
from app.rakor.models.events import Event
from app.rakor.schemas.closings import ClosingFilter


class ClosingRepository:
    """The attendance lists of an event that were closed; each is kept as it was."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: AttendanceClosing | AttendanceApproval) -> None:
        self.session.add(row)

    async def get(self, event: Event, closing_id: UUID) -> AttendanceClosing:
        closing = await self.session.scalar(_of(event).where(AttendanceClosing.id == closing_id))
        if closing is None:
            raise NotFound
        return closing

    async def count(self, event: Event) -> int:
        return await self.session.scalar(_of(event).with_only_columns(func.count())) or 0

    async def approvals(
        self, closings: Collection[AttendanceClosing]
    ) -> Mapping[UUID, AttendanceApproval]:
        """By the id of the closed list."""
        ids = [each.id for each in closings]
        query = select(AttendanceApproval).where(AttendanceApproval.closing_id.in_(ids))
        return {each.closing_id: each for each in await self.session.scalars(query)}

    async def all_of(self, event: Event) -> Sequence[AttendanceClosing]:
        """In the order in which they were closed."""
        return (await self.session.scalars(_of(event).order_by(AttendanceClosing.number))).all()

    async def page(self, event: Event, wanted: ClosingFilter) -> Found[AttendanceClosing]:
        by = (AttendanceClosing.closed_at, AttendanceClosing.id)
        return await newest_first(self.session, _of(event), by, wanted)


def _of(event: Event) -> Select[AttendanceClosing]:
    return select(AttendanceClosing).where(AttendanceClosing.event_id == event.id)
