from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.complaints.repository.complaints import ComplaintRepository
from app.core.actors import Actor


async def count_message(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """A reporter wrote: the desk sees in its list that somebody waits."""
    await ComplaintRepository(session, actor).count_unread(entry.subject_id, 1)


async def count_reading(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """An officer read: as many fewer wait."""
    await ComplaintRepository(session, actor).count_unread(
        entry.subject_id, -int(entry.payload["count"])
    )
