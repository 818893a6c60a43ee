from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.models import Grant
from app.core.paging import Found, Order, moment, newest_first, page_of
from app.core.places import area_of
from app.core.visibility import visible_to
from app.rakor.models.events import Event
from app.rakor.models.followups import (
    CarriedFollowUp,
    EventFollowUp,
    FollowUpAddress,
    FollowUpReminder,
    FollowUpReport,
)
from app.rakor.rules.followups import UNFINISHED
from app.rakor.schemas.carrying import CarriedFilter
from app.rakor.schemas.followups import FollowUpFilter

_ORDER: Final = Order(EventFollowUp.due_at, EventFollowUp.id, moment)
_UNFINISHED: Final = EventFollowUp.state.in_(UNFINISHED)


class FollowUpRepository:
    """The follow-ups that one actor can see: of his area, or for which his office answers."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(
        self, *rows: EventFollowUp | FollowUpReport | CarriedFollowUp | FollowUpAddress
    ) -> None:
        self.session.add_all(rows)

    def show_to(self, office_id: UUID, follow_up: EventFollowUp, now: datetime) -> None:
        self.session.add(Grant(subject_id=follow_up.id, office_id=office_id, since=now))

    async def get(self, follow_up_id: UUID, *, lock: bool = False) -> EventFollowUp:
        query = self._visible().where(EventFollowUp.id == follow_up_id)
        follow_up = await self.session.scalar(query.with_for_update() if lock else query)
        if follow_up is None:
            raise NotFound
        return follow_up

    async def opened_by(self, code_hash: bytes) -> EventFollowUp | None:
        query = select(EventFollowUp).where(EventFollowUp.code_hash == code_hash)
        return await self.session.scalar(query.with_for_update())

    async def address_of(self, follow_up: EventFollowUp) -> FollowUpAddress | None:
        return await self.session.get(FollowUpAddress, follow_up.id)

    async def reminders_of(self, follow_up: EventFollowUp) -> Sequence[FollowUpReminder]:
        """Locked: what the worker settles meanwhile is settled before."""
        query = select(FollowUpReminder).where(FollowUpReminder.follow_up_id == follow_up.id)
        return (await self.session.scalars(query.with_for_update())).all()

    async def count(self, event: Event) -> int:
        query = select(func.count()).where(EventFollowUp.event_id == event.id)
        return await self.session.scalar(query) or 0

    async def find(self, wanted: FollowUpFilter, now: datetime) -> Found[EventFollowUp]:
        """What is due first comes first."""
        query = self._visible()
        for column, value in (
            (EventFollowUp.event_id, wanted.event_id),
            (EventFollowUp.office_id, wanted.office_id),
            (EventFollowUp.office_name, wanted.office_name),
            (EventFollowUp.organiser_id, wanted.organiser_id),
            (EventFollowUp.state, wanted.state),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.region is not None:
            area = area_of(wanted.region)
            query = query.where(EventFollowUp.office_region_code.startswith(area))
        for condition in _due(wanted, now):
            query = query.where(condition)
        return await page_of(self.session, query, _ORDER, wanted)

    async def reports_of(self, follow_up: EventFollowUp) -> Sequence[FollowUpReport]:
        query = select(FollowUpReport).where(FollowUpReport.follow_up_id == follow_up.id)
        in_order = query.order_by(FollowUpReport.reported_at, FollowUpReport.id)
        return (await self.session.scalars(in_order)).all()

    async def unfinished_of(
        self, events: Collection[UUID], later: Event
    ) -> Sequence[EventFollowUp]:
        """What is unfinished of these events and not on the agenda of the later one."""
        is_there = exists().where(
            CarriedFollowUp.follow_up_id == EventFollowUp.id, CarriedFollowUp.event_id == later.id
        )
        query = self._visible().where(EventFollowUp.event_id.in_(events), _UNFINISHED, ~is_there)
        return (
            await self.session.scalars(query.order_by(EventFollowUp.due_at, EventFollowUp.id))
        ).all()

    async def carried(self, later: Event, wanted: CarriedFilter) -> Found[CarriedFollowUp]:
        seen = visible_to(self.actor, EventFollowUp.id, EventFollowUp.region_code)
        query = (
            select(CarriedFollowUp)
            .join(EventFollowUp, EventFollowUp.id == CarriedFollowUp.follow_up_id)
            .where(CarriedFollowUp.event_id == later.id, seen)
        )
        by = (CarriedFollowUp.carried_at, CarriedFollowUp.id)
        return await newest_first(self.session, query, by, wanted)

    async def each(self, ids: Collection[UUID]) -> dict[UUID, EventFollowUp]:
        query = self._visible().where(EventFollowUp.id.in_(ids))
        return {each.id: each for each in await self.session.scalars(query)}

    def _visible(self) -> Select[EventFollowUp]:
        return select(EventFollowUp).where(
            visible_to(self.actor, EventFollowUp.id, EventFollowUp.region_code)
        )


def _due(wanted: FollowUpFilter, now: datetime) -> list[ColumnElement[bool]]:
    late = and_(_UNFINISHED, EventFollowUp.due_at <= now)
    conditions: list[ColumnElement[bool]] = []
    if wanted.overdue is not None:
        conditions.append(late if wanted.overdue else not_(late))
    if wanted.due_within is not None:
        until = now + timedelta(days=wanted.due_within)
        conditions.append(and_(_UNFINISHED, EventFollowUp.due_at <= until))
    return conditions
