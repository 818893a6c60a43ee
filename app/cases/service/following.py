"""What a case does when the law of time has changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.cases.repository.due import DueRepository
from app.core.actors import Actor


async def follow_clocks(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """A revision of the law moved clocks: the work list and the reporters see the new dates."""
    await DueRepository(session).follow(int(entry.payload["revision"]))
