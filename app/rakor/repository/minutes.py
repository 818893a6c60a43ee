from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.rakor.models.events import Event
from app.rakor.models.minutes import Minutes


class MinutesRepository:
    """The minutes of an event: every revision is kept, the last one holds."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, minutes: Minutes) -> None:
        self.session.add(minutes)

    async def last(self, event: Event) -> Minutes | None:
        query = select(Minutes).where(Minutes.event_id == event.id)
        return await self.session.scalar(query.order_by(Minutes.version.desc()).limit(1))
