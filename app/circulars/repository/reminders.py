from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    and_,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee, CircularReminder
from app.circulars.repository.sight import still_owed
from app.circulars.schemas.reminders import CircularReminderFilter
from app.clocks.rules.reminding import (
    LATE_AFTER,
    LEAD_SHARE,
    LONGEST_LEAD,
    LOOKED_BACK,
    ReminderKind,
)
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Found, newest_first
from app.core.visibility import visible_to
from app.correspondence.rules.notices import NoticeState, due_at

MOST: Final = 2_000
"""Reminders made in one go; the round of the worker goes on until there are fewer."""

_DAY: Final = timedelta(days=1)


class _Reminded(NamedTuple):
    addressee: CircularAddressee
    time_zone: str


class CircularReminderRepository:
    """What addressed offices are told of their days, as far as one actor can see these."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.now = now

    async def find(self, wanted: CircularReminderFilter) -> Found[CircularReminder]:
        query = self._visible()
        if wanted.own:
            query = query.where(CircularReminder.office_id == self.actor.office_id)
        if wanted.unread is not None:
            unread = CircularReminder.read_at.is_(None)
            is_owed = _is_owed(self.now)
            query = query.where(unread, is_owed) if wanted.unread else query.where(~unread)
        if wanted.kind is not None:
            query = query.where(CircularReminder.kind == wanted.kind)
        by = (CircularReminder.at, CircularReminder.id)
        return await newest_first(self.session, query, by, wanted)

    async def lock(self, reminder_id: UUID) -> CircularReminder:
        query = self._visible().where(CircularReminder.id == reminder_id)
        reminder = await self.session.scalar(query.with_for_update())
        if reminder is None:
            raise NotFound
        return reminder

    async def make(self, kind: ReminderKind, *, by_email: bool) -> list[CircularAddressee]:
        """Tell the offices of what has come so far, each once; return which were told."""
        rows = await self.session.execute(_to_remind(kind, self.now, by_email=by_email))
        found = [_Reminded(addressee, zone) for addressee, zone in rows]
        if not found:
            return []
        told = await self.session.scalars(
            insert(CircularReminder)
            .on_conflict_do_nothing()
            .returning(CircularReminder.addressee_id),
            [self._row(kind, each, by_email=by_email) for each in found],
        )
        ids = set(told)
        return [each.addressee for each in found if each.addressee.id in ids]

    def _row(self, kind: ReminderKind, each: _Reminded, *, by_email: bool) -> Mapping[str, object]:
        addressee = each.addressee
        is_written_to = by_email and addressee.sealed_email is not None
        return {
            "id": new_id(),
            "addressee_id": addressee.id,
            "circular_id": addressee.circular_id,
            "region_id": addressee.region_id,
            "region_code": addressee.region_code,
            "office_id": addressee.office_id,
            "kind": kind,
            "due_on": addressee.next_due_on,
            "at": self.now,
            "mail": NoticeState.PENDING if is_written_to else None,
            "mail_due_at": due_at(self.now, ZoneInfo(each.time_zone)) if is_written_to else None,
            "tries": 0,
        }

    def _visible(self) -> Select[CircularReminder]:
        reminder = CircularReminder
        return select(reminder).where(
            visible_to(self.actor, reminder.addressee_id, reminder.region_code),
            reminder.office_id.is_not(None),
        )


def _is_owed(now: datetime) -> ColumnElement[bool]:
    """What was done meanwhile, or is out of force, reminds nobody any more."""
    return exists().where(
        CircularAddressee.id == CircularReminder.addressee_id,
        CircularAddressee.next_due_on == CircularReminder.due_on,
        Circular.id == CircularReminder.circular_id,
        still_owed(now),
    )


def _to_remind(
    kind: ReminderKind, now: datetime, *, by_email: bool
) -> Select[CircularAddressee, str]:
    one = CircularAddressee
    has_desk = one.office_id.is_not(None)
    # For the index first, of which each zone then takes its part.
    near = one.next_due_on.between(
        (now - LOOKED_BACK - 2 * _DAY).date(), (now + LONGEST_LEAD + _DAY).date()
    )
    return (
        select(one, Circular.time_zone)
        .join(Circular, Circular.id == one.circular_id)
        .where(
            near,
            or_(has_desk, one.sealed_email.is_not(None)),
            or_(has_desk, literal(by_email)),
            still_owed(now),
            _has_come(kind, now),
            ~_is_told(kind),
        )
        .order_by(one.next_due_on, one.id)
        .limit(MOST)
    )


def _is_told(kind: ReminderKind) -> ColumnElement[bool]:
    return exists().where(
        CircularReminder.addressee_id == CircularAddressee.id,
        CircularReminder.kind == kind,
        CircularReminder.due_on == CircularAddressee.next_due_on,
    )


def _has_come(kind: ReminderKind, now: datetime) -> ColumnElement[bool]:
    """A day ends at midnight on the clock of the issuer."""
    midnight = cast(CircularAddressee.next_due_on + 1, DateTime())
    due = func.timezone(Circular.time_zone, midnight, type_=DateTime(timezone=True))
    match kind:
        case ReminderKind.BEFORE:
            left = extract("epoch", due - now)
            whole = extract("epoch", due - CircularAddressee.addressed_at)
            return and_(due > now, due <= now + LONGEST_LEAD, left * LEAD_SHARE <= whole)
        case ReminderKind.AT:
            return and_(due > now - LATE_AFTER, due <= now)
        case ReminderKind.AFTER:
            return and_(due > now - LOOKED_BACK, due <= now - LATE_AFTER)
