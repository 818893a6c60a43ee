from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.rakor.models.events import Event
from app.rakor.models.minutes import Minutes, MinutesApproval, PublishedDecision
from app.rakor.schemas.minutes import DecisionFilter, RevisionFilter


class MinutesRepository:
    """The minutes of an event: every revision is kept, the last one holds."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: Minutes | MinutesApproval) -> None:
        self.session.add(row)

    async def last(self, event: Event) -> Minutes | None:
        return await self.session.scalar(_of(event).order_by(Minutes.version.desc()).limit(1))

    async def get(self, event: Event, revision_id: UUID) -> Minutes:
        minutes = await self.session.scalar(_of(event).where(Minutes.id == revision_id))
        if minutes is None:
            raise NotFound
        return minutes

    async def page(self, event: Event, wanted: RevisionFilter) -> Found[Minutes]:
        by = (Minutes.written_at, Minutes.id)
        return await newest_first(self.session, _of(event), by, wanted)

    async def approval(self, minutes: Minutes) -> MinutesApproval | None:
        return (await self.approvals([minutes])).get(minutes.id)

    async def approvals(self, revisions: Collection[Minutes]) -> Mapping[UUID, MinutesApproval]:
        """By the id of the revision."""
        ids = [each.id for each in revisions]
        query = select(MinutesApproval).where(MinutesApproval.minutes_id.in_(ids))
        return {each.minutes_id: each for each in await self.session.scalars(query)}


class DecisionRepository:
    """What an event has published of its decisions, and not withdrawn."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, decision: PublishedDecision) -> None:
        self.session.add(decision)

    async def get(self, event: Event, decision_id: UUID) -> PublishedDecision:
        query = _standing(event).where(PublishedDecision.id == decision_id)
        decision = await self.session.scalar(query.with_for_update())
        if decision is None:
            raise NotFound
        return decision

    async def has(self, event: Event, number: int) -> bool:
        query = _standing(event).where(PublishedDecision.number == number)
        return await self.session.scalar(query) is not None

    async def page(self, event: Event, wanted: DecisionFilter) -> Found[PublishedDecision]:
        by = (PublishedDecision.published_at, PublishedDecision.id)
        return await newest_first(self.session, _standing(event), by, wanted)


def _of(event: Event) -> Select[Minutes]:
    return select(Minutes).where(Minutes.event_id == event.id)


def _standing(event: Event) -> Select[PublishedDecision]:
    return select(PublishedDecision).where(
        PublishedDecision.event_id == event.id, PublishedDecision.withdrawn_at.is_(None)
    )
