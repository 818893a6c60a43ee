from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.core.actors import Actor
from app.core.places import Subject
from app.evidence.rules.subjects import SubjectKind
from app.evidence.service.subjects import SubjectService


async def admit_materials(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """An event was drafted: materials and photos can be added to it."""
    place = Subject(entry.subject_id, entry.region_id, entry.region_code)
    SubjectService(session).admit(SubjectKind.EVENT, place)
