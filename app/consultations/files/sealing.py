"""The format in which questions, answers and drafts lie encrypted in the database."""

from uuid import UUID

from pydantic import BaseModel

from app.consultations.models.answers import ConsultationAnswer
from app.consultations.models.publications import Publication
from app.consultations.models.questions import Consultation, ConsultationQuestion
from app.core.crypto import Keyring


class SealedQuestion(BaseModel):
    """What was asked, and the name if one was given."""

    question: str
    name: str | None = None


class SealedText(BaseModel):
    """Question and answer as they are to be published."""

    question: str
    answer: str


def seal_question(
    question: SealedQuestion, consultation_id: UUID, keys: Keyring
) -> ConsultationQuestion:
    sealed = keys.seal(question.model_dump_json().encode(), consultation_id)
    return ConsultationQuestion(id=consultation_id, sealed=sealed)


def open_question(sealed: bytes, consultation_id: UUID, keys: Keyring) -> SealedQuestion:
    return SealedQuestion.model_validate_json(keys.open(sealed, consultation_id))


def open_complaint(consultation: Consultation, keys: Keyring) -> UUID | None:
    """The complaint that its author made of it; None where there is none."""
    if consultation.sealed_complaint is None:
        return None
    return UUID(bytes=keys.open(consultation.sealed_complaint, consultation.id))


def open_answer(answer: ConsultationAnswer, keys: Keyring) -> str:
    return keys.open(answer.sealed, answer.id).decode()


def seal_text(text: SealedText, publication_id: UUID, keys: Keyring) -> bytes:
    return keys.seal(text.model_dump_json().encode(), publication_id)


def open_text(publication: Publication, keys: Keyring) -> SealedText:
    return SealedText.model_validate_json(keys.open(publication.sealed, publication.id))


def open_reason(publication: Publication, keys: Keyring) -> str | None:
    if publication.sealed_reason is None:
        return None
    return keys.open(publication.sealed_reason, publication.id).decode()
