from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.correspondence.rules.notices import NoticeState
from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp, FollowUpAddress, FollowUpReminder


class Reminded(NamedTuple):
    """A reminder that is written, what it is about, and where it goes."""

    reminder: FollowUpReminder
    follow_up: EventFollowUp
    event: Event
    sealed: bytes


class FollowUpMailRepository:
    """The reminders of follow-ups that go out by e-mail."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def next_due(self, now: datetime) -> Reminded | None:
        """One that may go out now, locked; what another worker holds is passed over."""
        query = (
            select(FollowUpReminder, EventFollowUp, Event, FollowUpAddress.sealed)
            .join(EventFollowUp, EventFollowUp.id == FollowUpReminder.follow_up_id)
            .join(Event, Event.id == EventFollowUp.event_id)
            .join(FollowUpAddress, FollowUpAddress.id == EventFollowUp.id)
            .where(
                FollowUpReminder.mail_state == NoticeState.PENDING,
                FollowUpReminder.mail_due_at <= now,
            )
            .order_by(FollowUpReminder.mail_due_at, FollowUpReminder.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=FollowUpReminder)
        )
        row = (await self.session.execute(query)).one_or_none()
        return None if row is None else Reminded(row[0], row[1], row[2], row[3])

    async def lock(self, reminder_id: UUID) -> FollowUpReminder | None:
        query = select(FollowUpReminder).where(FollowUpReminder.id == reminder_id)
        return await self.session.scalar(query.with_for_update())

    async def flush(self) -> None:
        await self.session.flush()
