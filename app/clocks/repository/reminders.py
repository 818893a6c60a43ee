"""What the desks are told of their deadlines."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    extract,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import ClockReminder, DeadlineClock
from app.clocks.rules.reminding import (
    LATE_AFTER,
    LEAD_SHARE,
    LONGEST_LEAD,
    LOOKED_BACK,
    ReminderKind,
)
from app.clocks.schemas.reminders import ReminderFilter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, newest_first
from app.core.visibility import visible_to

_MOST: Final = 2_000
"""Reminders made in one go; the rest comes with the next round of the worker."""

_CLOCK: Final = DeadlineClock

_TO_READ: Final = and_(
    ClockReminder.read_at.is_(None),
    exists().where(_CLOCK.id == ClockReminder.clock_id, _CLOCK.ended_at.is_(None)),
)
"""What is done reminds nobody any more."""


class ReminderRepository:
    """The reminders that one reader can see: those of his area, minus his conflict walls."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def find(self, wanted: ReminderFilter) -> Found[ClockReminder]:
        by = (ClockReminder.at, ClockReminder.id)
        return await newest_first(self.session, self._wanted(wanted), by, wanted)

    async def lock(self, reminder_id: UUID) -> ClockReminder:
        query = self._visible().where(ClockReminder.id == reminder_id)
        reminder = await self.session.scalar(query.with_for_update())
        if reminder is None:
            raise NotFound
        return reminder

    async def make(self, kind: ReminderKind, now: datetime) -> int:
        """Tell the desks of every clock that runs and has come so far; say how many were told.

        Of each clock, kind and due date there is one, whoever makes it.
        """
        told = await self.session.scalars(_clocks_to_remind_of(kind, now))
        rows = [_row(kind, now, clock) for clock in told]
        if rows:
            await self.session.execute(insert(ClockReminder).on_conflict_do_nothing(), rows)
        return len(rows)

    def _visible(self) -> Select[ClockReminder]:
        seen = visible_to(self.actor, ClockReminder.subject_id, ClockReminder.region_code)
        return select(ClockReminder).where(seen)

    def _wanted(self, wanted: ReminderFilter) -> Select[ClockReminder]:
        query = self._visible()
        if wanted.own:
            query = query.where(ClockReminder.office_id == self.actor.office_id)
        if wanted.unread is not None:
            query = query.where(_TO_READ if wanted.unread else ClockReminder.read_at.is_not(None))
        if wanted.kind is not None:
            query = query.where(ClockReminder.kind == wanted.kind)
        return query


def _clocks_to_remind_of(kind: ReminderKind, now: datetime) -> Select[DeadlineClock]:
    told = exists().where(
        ClockReminder.clock_id == _CLOCK.id,
        ClockReminder.kind == kind,
        ClockReminder.due_at == _CLOCK.due_at,
    )
    runs = and_(_CLOCK.ended_at.is_(None), _CLOCK.stopped_at.is_(None))
    query = select(_CLOCK).where(runs, _has_come(kind, now), ~told)
    return query.order_by(_CLOCK.due_at).limit(_MOST)


def _has_come(kind: ReminderKind, now: datetime) -> ColumnElement[bool]:
    due_at = _CLOCK.due_at
    match kind:
        case ReminderKind.BEFORE:
            # The shorter of a day and a share of the time; only the first is for the index.
            left, whole = (
                extract("epoch", due_at - now),
                extract("epoch", due_at - _CLOCK.started_at),
            )
            is_near = left * LEAD_SHARE <= whole
            return and_(due_at > now, due_at <= now + LONGEST_LEAD, is_near)
        case ReminderKind.AT:
            return and_(due_at > now - LATE_AFTER, due_at <= now)
        case ReminderKind.AFTER:
            return and_(due_at > now - LOOKED_BACK, due_at <= now - LATE_AFTER)


def _row(kind: ReminderKind, now: datetime, clock: DeadlineClock) -> dict[str, object]:
    return {
        "id": new_id(),
        "clock_id": clock.id,
        "subject_id": clock.subject_id,
        "region_id": clock.region_id,
        "region_code": clock.region_code,
        "office_id": clock.office_id,
        "step": clock.step,
        "kind": kind,
        "due_at": clock.due_at,
        "due_on": clock.due_on,
        "at": now,
    }
