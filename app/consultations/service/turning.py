from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.files.sealing import open_complaint, open_question
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.questions import AlreadyTurned, ConsultationState
from app.core.actors import Actor
from app.core.crypto import Keyring


@dataclass(frozen=True)
class OwnQuestion:
    """A question in the hands of its author."""

    consultation_id: UUID
    region_code: str
    asked_at: datetime
    question: str
    name: str | None
    turned_into: UUID | None


class TurningService:
    """How the floor above lets the author of a question, and nobody else, make a complaint of it.

    Open it for an actor who came by the receipt; an officer's actor has no subject (ValueError).
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys

    async def take(self) -> OwnQuestion:
        """Open the question for its author, held until the end of the unit of work."""
        consultation = await self.consultations.get(self.actor.subject, lock=True)
        sealed = await self.consultations.question_of(consultation)
        asked = open_question(sealed, consultation.id, self.keys)
        await self.journal.record("consultation.handed_to_author", consultation)
        return OwnQuestion(
            consultation_id=consultation.id,
            region_code=consultation.region_code,
            asked_at=consultation.asked_at,
            question=asked.question,
            name=asked.name,
            turned_into=open_complaint(consultation, self.keys),
        )

    async def turn(self, complaint_id: UUID) -> None:
        """Write down which complaint it became; the same again changes nothing (AlreadyTurned)."""
        consultation = await self.consultations.get(self.actor.subject, lock=True)
        turned_into = open_complaint(consultation, self.keys)
        if turned_into == complaint_id:
            return
        if turned_into is not None:
            raise AlreadyTurned
        consultation.state = ConsultationState.TURNED
        consultation.sealed_complaint = self.keys.seal(complaint_id.bytes, consultation.id)
        await self.journal.record("consultation.turned", consultation)
