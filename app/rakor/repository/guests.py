from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.posts.rules.keys import post_key
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation


class GuestRepository:
    """Whom an event has invited before."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def invited_before(self, event: Event) -> set[tuple[str, str]]:
        """The posts that are invited still, by the keys of `post_key`."""
        query = select(Invitation.office_key, Invitation.post).where(
            Invitation.event_id == event.id, Invitation.withdrawn_at.is_(None)
        )
        return {post_key(key, post) for key, post in await self.session.execute(query)}
