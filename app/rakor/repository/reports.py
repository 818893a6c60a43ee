from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp
from app.rakor.models.materials import Material
from app.rakor.models.reports import EventReport, SubmittedForm


class ReportRepository:
    """What is written for reports, and what events that the caller has found tell for them."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: EventReport | SubmittedForm) -> None:
        self.session.add(row)

    async def last(self, event: Event) -> EventReport | None:
        return (await self.last_of([event.id])).get(event.id)

    async def last_of(self, events: Collection[UUID]) -> Mapping[UUID, EventReport]:
        """The last revision of each of these events."""
        last = (
            select(EventReport.event_id, func.max(EventReport.version))
            .where(EventReport.event_id.in_(events))
            .group_by(EventReport.event_id)
        )
        query = select(EventReport).where(
            tuple_(EventReport.event_id, EventReport.version).in_(last)
        )
        return {each.event_id: each for each in await self.session.scalars(query)}

    async def submitted(self, events: Collection[UUID]) -> Mapping[UUID, SubmittedForm]:
        query = select(SubmittedForm).where(SubmittedForm.event_id.in_(events))
        return {each.event_id: each for each in await self.session.scalars(query)}

    async def next_sequence(self, office_id: UUID, year: int) -> int:
        """The number after the last of this office and year, whose row the caller holds."""
        query = select(func.max(SubmittedForm.sequence)).where(
            SubmittedForm.office_id == office_id, SubmittedForm.year == year
        )
        return (await self.session.scalar(query) or 0) + 1

    async def follow_ups(self, events: Collection[UUID]) -> Sequence[EventFollowUp]:
        """In the order in which they were planned."""
        query = select(EventFollowUp).where(EventFollowUp.event_id.in_(events))
        by = (EventFollowUp.event_id, EventFollowUp.number)
        return (await self.session.scalars(query.order_by(*by))).all()

    async def files(self, events: Collection[UUID]) -> Sequence[Material]:
        """The materials that stand, in the order in which they were added."""
        query = select(Material).where(
            Material.event_id.in_(events), Material.withdrawn_at.is_(None)
        )
        return (await self.session.scalars(query.order_by(Material.added_at, Material.id))).all()
