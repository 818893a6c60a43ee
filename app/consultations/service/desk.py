from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.consultations.files.sealing import open_answer, open_question
from app.consultations.models.answers import ConsultationAnswer
from app.consultations.models.questions import Consultation
from app.consultations.repository.articles import ArticleRepository
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.repository.publications import PublicationRepository
from app.consultations.rules import questions as rules
from app.consultations.rules.articles import check_cited, day_of_law
from app.consultations.schemas.answers import ConsultationAnswerIn, ConsultationAnswerOut
from app.consultations.schemas.desk import (
    ConsultationCountsOut,
    ConsultationFilter,
    ConsultationOut,
    ConsultationRow,
)
from app.consultations.service.citing import cite, is_stale, show
from app.consultations.service.publishing import show_publication
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.correspondence.service.notices import NoticeService
from app.receipts.rules import ReceiptKind


class DeskService:
    """What an officer can do with the questions of the area."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.publications = PublicationRepository(session)
        self.articles = ArticleRepository(session)
        self.notices = NoticeService(session, now, ReceiptKind.CONSULTATION)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now
        self.day = day_of_law(now)

    async def find(self, wanted: ConsultationFilter) -> Found[ConsultationRow]:
        found = await self.consultations.find(wanted, self.now, self.day)
        stale = await self.consultations.stale_among([each.id for each in found.items], self.day)
        rows = [_row(each, is_stale=each.id in stale) for each in found.items]
        return Found(rows, found.next_cursor, found.total)

    async def read(self, consultation_id: UUID) -> ConsultationOut:
        """Read one with its question; reading it is an act of its own in the journal."""
        consultation = await self.consultations.get(consultation_id)
        await self.journal.record("consultation.read", consultation)
        return await self._shown(consultation)

    async def counts(self) -> ConsultationCountsOut:
        return await self.consultations.counts(self.day)

    async def history(self, consultation_id: UUID, wanted: Slice) -> Found[JournalEntry]:
        consultation = await self.consultations.get(consultation_id)
        return await self.journal.history(consultation, wanted, rules.ACTS)

    async def answer(self, consultation_id: UUID, form: ConsultationAnswerIn) -> ConsultationOut:
        """Answer it with its legal basis; an earlier answer stays as it was."""
        consultation = await self.consultations.get(consultation_id, lock=True)
        before = await self.consultations.answers_of(consultation)
        consultation.state = rules.answer(consultation.own_state, len(before))
        in_force = await self.articles.in_force(form.articles, self.day)
        articles = check_cited(form.articles, in_force)
        answer = self._sealed(consultation, form.text, len(before) + 1)
        await self.consultations.add_answer(answer, cite(answer.id, articles))
        consultation.answer_id = answer.id
        consultation.answered_at = self.now
        # What its author said was of the answer before.
        consultation.helpful = None
        await self.journal.record(
            "consultation.answered", consultation, number=answer.number, articles=len(articles)
        )
        await self.notices.queue(consultation)
        return await self._shown(consultation)

    def _sealed(self, consultation: Consultation, text: str, number: int) -> ConsultationAnswer:
        id = new_id()
        return ConsultationAnswer(
            id=id,
            consultation_id=consultation.id,
            number=number,
            sealed=self.keys.seal(text.encode(), id),
            office_id=self.actor.office_id,
            officer_id=self.actor.id,
            answered_at=self.now,
        )

    async def _shown(self, consultation: Consultation) -> ConsultationOut:
        sealed = await self.consultations.question_of(consultation)
        question = open_question(sealed, consultation.id, self.keys)
        stale = await self.consultations.stale_among([consultation.id], self.day)
        texts = await self.publications.of(consultation)
        return ConsultationOut(
            **dict(_row(consultation, is_stale=bool(stale))),
            question=question.question,
            # Given to the office of the place, not to all that oversee it.
            name=question.name if self.actor.office_id == consultation.office_id else None,
            answers=await self._answers(await self.consultations.answers_of(consultation)),
            publications=[show_publication(each, self.keys) for each in texts],
            notice_undeliverable=await self.notices.is_undeliverable(consultation),
        )

    async def _answers(self, answers: Sequence[ConsultationAnswer]) -> list[ConsultationAnswerOut]:
        cited = await self.articles.citations([each.id for each in answers], self.day)
        shown = [(each, show(cited[each.id])) for each in answers]
        return [
            ConsultationAnswerOut(
                id=answer.id,
                number=answer.number,
                text=open_answer(answer, self.keys),
                articles=articles,
                answered_at=answer.answered_at,
                office_id=answer.office_id,
                officer_id=answer.officer_id,
                is_stale=is_stale(articles),
            )
            for answer, articles in shown
        ]


def _row(consultation: Consultation, *, is_stale: bool) -> ConsultationRow:
    row = ConsultationRow.model_validate(consultation)
    since = row.stale_since if is_stale else None
    return row.model_copy(update={"is_stale": is_stale, "stale_since": since})
