from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.files.sealing import (
    SealedText,
    open_question,
    open_reason,
    open_text,
    seal_text,
)
from app.consultations.models.publications import Publication
from app.consultations.models.questions import Consultation
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.repository.publications import PublicationRepository
from app.consultations.rules import publishing as rules
from app.consultations.rules.publishing import PublicationState
from app.consultations.rules.questions import NotAnswered, check_open
from app.consultations.schemas.publications import (
    PublicationIn,
    PublicationOut,
    PublicationReasonIn,
)
from app.consultations.service.places import Places
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id


class PublishingService:
    """How an answer becomes public: a text of its own, which a second person has read."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.publications = PublicationRepository(session)
        self.places = Places(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def draft(self, consultation_id: UUID, form: PublicationIn) -> PublicationOut:
        """Write a text for the public on the answer that counts; the answer itself stays."""
        consultation = await self.consultations.get(consultation_id, lock=True)
        check_open(consultation.own_state)
        if consultation.answer_id is None:
            raise NotAnswered
        if len(await self.publications.of(consultation)) >= rules.MOST_DRAFTS:
            raise rules.TooManyDrafts
        text = SealedText(question=form.question, answer=form.answer)
        await self._check(consultation, text)
        publication = self._sealed(consultation.id, consultation.answer_id, text)
        await self.publications.add(publication)
        await self._record("drafted", consultation)
        return show_publication(publication, self.keys)

    async def approve(self, consultation_id: UUID, publication_id: UUID) -> PublicationOut:
        """Publish what somebody else wrote; it takes the place of what was published before."""
        consultation, publication = await self._held(consultation_id, publication_id)
        check_open(consultation.own_state)
        wanted = rules.step(publication.state, PublicationState.PUBLISHED)
        rules.check_reader(publication.drafted_by, self.actor.id)
        if publication.answer_id != consultation.answer_id:
            raise rules.AnswerSuperseded
        text = open_text(publication, self.keys)
        await self._check(consultation, text)
        await self._replace(consultation)
        self._decide(publication, wanted)
        await self.publications.publish(publication, text.question, text.answer, self.now)
        await self._record("approved", consultation)
        return show_publication(publication, self.keys)

    async def reject(
        self, consultation_id: UUID, publication_id: UUID, form: PublicationReasonIn
    ) -> PublicationOut:
        """Send a text back with a reason; its author may withdraw it in the same way."""
        consultation, publication = await self._held(consultation_id, publication_id)
        wanted = rules.step(publication.state, PublicationState.REJECTED)
        self._decide(publication, wanted, form.reason)
        await self._record("rejected", consultation)
        return show_publication(publication, self.keys)

    async def withdraw(
        self, consultation_id: UUID, publication_id: UUID, form: PublicationReasonIn
    ) -> PublicationOut:
        """Take a published text from the public; it stays with the question."""
        consultation, publication = await self._held(consultation_id, publication_id)
        wanted = rules.step(publication.state, PublicationState.WITHDRAWN)
        self._decide(publication, wanted, form.reason)
        await self.publications.close(publication)
        await self._record("withdrawn", consultation)
        return show_publication(publication, self.keys)

    async def _held(
        self, consultation_id: UUID, publication_id: UUID
    ) -> tuple[Consultation, Publication]:
        consultation = await self.consultations.get(consultation_id, lock=True)
        return consultation, await self.publications.get(consultation, publication_id)

    async def _check(self, consultation: Consultation, text: SealedText) -> None:
        sealed = await self.consultations.question_of(consultation)
        asked = open_question(sealed, consultation.id, self.keys)
        rules.check_office(asked.name, consultation.office_id, self.actor.office_id)
        places = await self.places.of(consultation)
        rules.check_anonymous(text.model_dump(), asked.name, places)

    async def _replace(self, consultation: Consultation) -> None:
        for each in await self.publications.of(consultation):
            if each.state is PublicationState.PUBLISHED:
                self._decide(each, rules.step(each.state, PublicationState.WITHDRAWN))
                await self.publications.close(each)
                await self._record("replaced", consultation)

    def _sealed(self, consultation_id: UUID, answer_id: UUID, text: SealedText) -> Publication:
        id = new_id()
        return Publication(
            id=id,
            consultation_id=consultation_id,
            answer_id=answer_id,
            state=PublicationState.DRAFTED,
            sealed=seal_text(text, id, self.keys),
            drafted_by=self.actor.id,
            drafted_at=self.now,
        )

    def _decide(
        self, publication: Publication, state: PublicationState, reason: str | None = None
    ) -> None:
        publication.state = state
        publication.decided_by = self.actor.id
        publication.decided_at = self.now
        if reason is not None:
            publication.sealed_reason = self.keys.seal(reason.encode(), publication.id)

    async def _record(self, done: str, consultation: Consultation) -> None:
        await self.journal.record(f"consultation.publication_{done}", consultation)


def show_publication(publication: Publication, keys: Keyring) -> PublicationOut:
    text = open_text(publication, keys)
    return PublicationOut(
        id=publication.id,
        answer_id=publication.answer_id,
        state=publication.state,
        question=text.question,
        answer=text.answer,
        drafted_by=publication.drafted_by,
        drafted_at=publication.drafted_at,
        decided_by=publication.decided_by,
        decided_at=publication.decided_at,
        reason=open_reason(publication, keys),
    )
