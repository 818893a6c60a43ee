from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules.reminding import ReminderKind
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, newest_first
from app.core.visibility import visible_to
from app.correspondence.rules.notices import NoticeState
from app.rakor.models.followups import EventFollowUp, FollowUpAddress, FollowUpReminder
from app.rakor.rules.followups import UNFINISHED, due_between
from app.rakor.schemas.reminders import FollowUpReminderFilter

_MOST: Final = 2_000
"""Reminders made in one go; the rest comes with the next round of the worker."""

_UNFINISHED: Final = EventFollowUp.state.in_(UNFINISHED)


class FollowUpReminderRepository:
    """What the desks are told of follow-ups, as far as one actor can see these."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def find(self, wanted: FollowUpReminderFilter) -> Found[FollowUpReminder]:
        query = self._visible()
        if wanted.own:
            query = query.where(FollowUpReminder.office_id == self.actor.office_id)
        if wanted.unread is not None:
            unfinished = exists().where(
                EventFollowUp.id == FollowUpReminder.follow_up_id, _UNFINISHED
            )
            unread = FollowUpReminder.read_at.is_(None)
            query = query.where(unread, unfinished) if wanted.unread else query.where(~unread)
        if wanted.kind is not None:
            query = query.where(FollowUpReminder.kind == wanted.kind)
        by = (FollowUpReminder.at, FollowUpReminder.id)
        return await newest_first(self.session, query, by, wanted)

    async def lock(self, reminder_id: UUID) -> FollowUpReminder:
        query = self._visible().where(FollowUpReminder.id == reminder_id)
        reminder = await self.session.scalar(query.with_for_update())
        if reminder is None:
            raise NotFound
        return reminder

    async def make(self, kind: ReminderKind, now: datetime) -> list[EventFollowUp]:
        """Tell the desks of what has come so far, each once; return of which follow-ups."""
        found = (await self.session.scalars(_to_remind_of(kind, now))).all()
        if not found:
            return []
        written = await self._with_address([each.id for each in found])
        rows = [_row(kind, now, each) | _mail(each, written, now) for each in found]
        told = await self.session.scalars(
            insert(FollowUpReminder)
            .on_conflict_do_nothing()
            .returning(FollowUpReminder.follow_up_id),
            rows,
        )
        ids = set(told)
        return [each for each in found if each.id in ids]

    async def _with_address(self, ids: Collection[UUID]) -> set[UUID]:
        query = select(FollowUpAddress.id).where(FollowUpAddress.id.in_(ids))
        return set(await self.session.scalars(query))

    def _visible(self) -> Select[FollowUpReminder]:
        reminder = FollowUpReminder
        return select(reminder).where(
            visible_to(self.actor, reminder.follow_up_id, reminder.region_code)
        )


def _to_remind_of(kind: ReminderKind, now: datetime) -> Select[EventFollowUp]:
    after, until = due_between(kind, now)
    is_told = exists().where(
        FollowUpReminder.follow_up_id == EventFollowUp.id, FollowUpReminder.kind == kind
    )
    return (
        select(EventFollowUp)
        .where(_UNFINISHED, EventFollowUp.due_at > after, EventFollowUp.due_at <= until, ~is_told)
        .order_by(EventFollowUp.due_at)
        .limit(_MOST)
    )


def _row(kind: ReminderKind, now: datetime, follow_up: EventFollowUp) -> dict[str, object]:
    return {
        "id": new_id(),
        "follow_up_id": follow_up.id,
        "region_id": follow_up.region_id,
        "region_code": follow_up.region_code,
        # Where nobody of the responsible office has an account, the organiser goes after it.
        "office_id": follow_up.office_id or follow_up.organiser_id,
        "kind": kind,
        "due_on": follow_up.due_on,
        "at": now,
    }


def _mail(follow_up: EventFollowUp, written: Collection[UUID], now: datetime) -> dict[str, object]:
    """Who left an address is written to as well."""
    is_written = follow_up.id in written
    return {
        "mail_state": NoticeState.PENDING if is_written else None,
        "mail_due_at": now if is_written else None,
        "mail_tries": 0,
    }
