from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.consultations.files.sealing import open_answer, open_complaint
from app.consultations.models.questions import Consultation
from app.consultations.repository.articles import ArticleRepository
from app.consultations.repository.consultations import ConsultationRepository
from app.consultations.rules.articles import day_of_law
from app.consultations.rules.questions import STATES, NotAnswered
from app.consultations.schemas.asking import (
    AnsweringOfficeOut,
    OwnAnswerOut,
    OwnConsultationOut,
    RatingIn,
)
from app.consultations.service.asking import promise_of
from app.consultations.service.citing import is_stale, show
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.correspondence.repository.messages import MessageRepository
from app.correspondence.rules.messages import Side
from app.receipts.rules import ReceiptKind


class FollowingService:
    """What the author of a question can do with its receipt, known by nothing else."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.consultations = ConsultationRepository(session, actor)
        self.articles = ArticleRepository(session)
        self.messages = MessageRepository(session, ReceiptKind.CONSULTATION)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def follow(self) -> OwnConsultationOut:
        """The state in plain words, and the answer; what was asked is not shown again."""
        return await self._told(await self.consultations.get(self.actor.subject))

    async def rate(self, form: RatingIn) -> OwnConsultationOut:
        """One word for each receipt; a later one takes its place."""
        consultation = await self.consultations.get(self.actor.subject, lock=True)
        if consultation.answer_id is None:
            raise NotAnswered
        if consultation.helpful is not form.helpful:
            consultation.helpful = form.helpful
            await self.journal.record("consultation.rated", consultation, helpful=form.helpful)
        return await self._told(consultation)

    async def _told(self, consultation: Consultation) -> OwnConsultationOut:
        name = await self.consultations.office_name(consultation.office_id)
        holder = AnsweringOfficeOut(id=consultation.office_id, name=name)
        return OwnConsultationOut(
            **dict(promise_of(consultation, holder)),
            label=TextOut.model_validate(STATES[consultation.own_state]),
            answer=await self._answer(consultation),
            helpful=consultation.helpful,
            unread_messages=await self.messages.unread(consultation.id, Side.OFFICE),
            turned_into=open_complaint(consultation, self.keys),
        )

    async def _answer(self, consultation: Consultation) -> OwnAnswerOut | None:
        answers = await self.consultations.answers_of(consultation)
        if not answers:
            return None
        last = answers[-1]
        cited = await self.articles.citations([last.id], day_of_law(self.now))
        articles = show(cited[last.id])
        return OwnAnswerOut(
            office=await self.consultations.office_name(last.office_id) if last.office_id else None,
            text=open_answer(last, self.keys),
            articles=articles,
            answered_at=last.answered_at,
            is_stale=is_stale(articles),
        )
