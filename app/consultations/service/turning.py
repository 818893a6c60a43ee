from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.files.sealing import open_complaint, open_question
from app.consultations.models.questions import Consultation
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.articles import day_of_law
from app.consultations.rules.questions import AlreadyTurned
from app.core.actors import Actor
from app.core.crypto import Keyring


@dataclass(frozen=True)
class OwnQuestion:
    """What its author once asked: neither the answer nor a name."""

    region_code: str
    asked_at: datetime
    question: str
    turned_into: UUID | None


class TurningService:
    """How the floor above lets the author of a question, and nobody else, make a complaint of it.

    Open it for an actor who came by the receipt; an officer's actor has no subject (ValueError).
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.actor = actor
        self.keys = keys
        self.day = day_of_law(now)

    async def read(self) -> OwnQuestion:
        """Open the question for its author.

        It is not journalled: the desk reads the history, and should not see who thinks of it.
        """
        consultation = await self.consultations.get(self.actor.subject)
        sealed = await self.consultations.question_of(consultation)
        return OwnQuestion(
            region_code=consultation.region_code,
            asked_at=consultation.asked_at,
            question=open_question(sealed, consultation.id, self.keys).question,
            turned_into=open_complaint(consultation, self.keys),
        )

    async def turn(self, complaint_id: UUID) -> None:
        """Write down which complaint it becomes; the same again changes nothing (AlreadyTurned).

        A round tells the desk and the journal when the day is over: an entry of this moment would
        join the question to the complaint that was filed at it.
        """
        consultation = await self.consultations.get(self.actor.subject, lock=True)
        if self._is_new(consultation, complaint_id):
            consultation.sealed_complaint = self.keys.seal(complaint_id.bytes, consultation.id)
            consultation.turned_on = self.day

    def _is_new(self, consultation: Consultation, complaint_id: UUID) -> bool:
        turned_into = open_complaint(consultation, self.keys)
        if turned_into not in (None, complaint_id):
            raise AlreadyTurned
        return turned_into is None
