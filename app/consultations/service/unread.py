from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.questions import AlreadyTurned
from app.core.actors import Actor


async def refuse_turned(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """Nobody writes about what became a complaint: whatever follows belongs to the complaint."""
    if await ConsultationRepository(session, actor).is_turned(entry.subject_id):
        raise AlreadyTurned


async def count_asker_message(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """Who asked wrote: the desk sees in its list that somebody waits."""
    await ConsultationRepository(session, actor).count_unread(entry.subject_id, 1)


async def count_asker_reading(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
    """An officer read: as many fewer wait."""
    await ConsultationRepository(session, actor).count_unread(
        entry.subject_id, -int(entry.payload["count"])
    )
