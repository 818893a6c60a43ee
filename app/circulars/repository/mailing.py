from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee, CircularReminder
from app.correspondence.rules.notices import NoticeState


class ReminderMailRepository:
    """The reminders that go out by e-mail."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def next_due(self, now: datetime) -> CircularReminder | None:
        """One that may go out now, locked; what another worker holds is passed over."""
        due = select(CircularReminder).where(
            CircularReminder.mail == NoticeState.PENDING, CircularReminder.mail_due_at <= now
        )
        first = due.order_by(CircularReminder.mail_due_at).limit(1)
        return await self.session.scalar(first.with_for_update(skip_locked=True))

    async def about(self, reminder: CircularReminder) -> tuple[CircularAddressee, Circular]:
        query = (
            select(CircularAddressee, Circular)
            .join(Circular, Circular.id == CircularAddressee.circular_id)
            .where(CircularAddressee.id == reminder.addressee_id)
        )
        addressee, circular = (await self.session.execute(query)).one()
        return addressee, circular

    async def get(self, reminder_id: UUID) -> CircularReminder | None:
        query = select(CircularReminder).where(CircularReminder.id == reminder_id)
        return await self.session.scalar(query.with_for_update())
