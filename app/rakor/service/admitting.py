"""What events and follow-ups do as soon as they are there: files can be added to them."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.core.actors import SYSTEM, Actor
from app.core.places import Subject
from app.evidence.rules.subjects import SubjectKind
from app.evidence.service.subjects import SubjectService
from app.rakor.repository.events import EventRepository


async def admit_materials(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """An event was drafted: who acts for its organiser can add materials and photos."""
    event = await EventRepository(session, SYSTEM).get(entry.subject_id)
    SubjectService(session).admit(SubjectKind.EVENT, event, event.office_id)


async def admit_proofs(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """A follow-up was planned: whoever sees it and reports can add its proof."""
    place = Subject(entry.subject_id, entry.region_id, entry.region_code)
    SubjectService(session).admit(SubjectKind.FOLLOW_UP, place)
