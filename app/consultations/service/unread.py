from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.consultations.repository.consultations import ConsultationRepository
from app.core.actors import Actor


async def count_asker_message(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """Who asked wrote: the desk sees in its list that somebody waits."""
    await ConsultationRepository(session, actor).count_unread(entry.subject_id, 1)


async def count_asker_reading(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """An officer read: as many fewer wait."""
    await ConsultationRepository(session, actor).count_unread(
        entry.subject_id, -int(entry.payload["count"])
    )
