from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.answers import Citation, ConsultationAnswer
from app.consultations.models.publications import Publication
from app.consultations.models.questions import Consultation, ConsultationQuestion
from app.consultations.repository.articles import has_changed
from app.consultations.rules.publishing import PublicationState
from app.consultations.schemas.desk import ConsultationFilter
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.once import insert_once
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.offices.models import Office


class ConsultationRepository:
    """The questions that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def add(self, consultation: Consultation, *parts: Base) -> bool:
        """Add it with its parts and its receipt; False where the id was filed before."""
        return await insert_once(self.session, consultation, *parts)

    async def get(self, consultation_id: UUID, *, lock: bool = False) -> Consultation:
        """With `lock` as it is now, held until the end of the unit of work."""
        query = self._visible().where(Consultation.id == consultation_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        consultation = await self.session.scalar(query)
        if consultation is None:
            raise NotFound
        return consultation

    async def find(
        self, wanted: ConsultationFilter, now: datetime, day: date
    ) -> Found[Consultation]:
        query = _filtered(self._visible(), wanted, now, day)
        by = (Consultation.asked_at, Consultation.id)
        return await newest_first(self.session, query, by, wanted)

    async def stale_among(self, ids: Collection[UUID], day: date) -> set[UUID]:
        query = select(Consultation.id).where(Consultation.id.in_(ids), _is_stale(day))
        return set(await self.session.scalars(query))

    async def question_of(self, consultation: Consultation) -> bytes:
        query = select(ConsultationQuestion.sealed)
        query = query.where(ConsultationQuestion.id == consultation.id)
        return (await self.session.scalars(query)).one()

    async def answers_of(self, consultation: Consultation) -> Sequence[ConsultationAnswer]:
        query = select(ConsultationAnswer).where(
            ConsultationAnswer.consultation_id == consultation.id
        )
        return (await self.session.scalars(query.order_by(ConsultationAnswer.number))).all()

    async def add_answer(self, answer: ConsultationAnswer, cited: Sequence[Citation]) -> None:
        self.session.add(answer)
        await self.session.flush()
        self.session.add_all(cited)

    async def office_name(self, office_id: UUID) -> str:
        query = select(Office.name).where(Office.id == office_id)
        return (await self.session.scalars(query)).one()

    async def count_unread(self, consultation_id: UUID, change: int) -> None:
        """Add to it where it stands: no message that comes at the same instant is lost."""
        changed = update(Consultation).where(Consultation.id == consultation_id, self._seen())
        count = Consultation.unread_messages + change
        await self.session.execute(
            changed.values(unread_messages=count).execution_options(synchronize_session=False)
        )

    def _visible(self) -> Select[Consultation]:
        return select(Consultation).where(self._seen())

    def _seen(self) -> ColumnElement[bool]:
        return visible_to(self.actor, Consultation.id, Consultation.region_code)


def _filtered(
    query: Select[Consultation], wanted: ConsultationFilter, now: datetime, day: date
) -> Select[Consultation]:
    if wanted.state is not None:
        query = query.where(Consultation.state == wanted.state)
    if wanted.region is not None:
        query = query.where(Consultation.region_code.startswith(area_of(wanted.region)))
    if wanted.office_id is not None:
        query = query.where(Consultation.office_id == wanted.office_id)
    return query.where(*_conditions(wanted, now, day))


def _conditions(wanted: ConsultationFilter, now: datetime, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.stale is not None:
        conditions.append(_is_stale(day) if wanted.stale else ~_is_stale(day))
    if wanted.unanswered_days is not None:
        before = now - timedelta(days=wanted.unanswered_days)
        conditions += [Consultation.answer_id.is_(None), Consultation.asked_at < before]
    if wanted.unread is not None:
        is_unread = Consultation.unread_messages > 0
        conditions.append(is_unread if wanted.unread else ~is_unread)
    if wanted.publication is not None:
        conditions.append(_has_text(wanted.publication))
    return conditions


def _has_text(state: PublicationState) -> ColumnElement[bool]:
    mine = Publication.consultation_id == Consultation.id
    return exists().where(mine, Publication.state == state)


def _is_stale(day: date) -> ColumnElement[bool]:
    """The answer that counts, or the one that is published, cites what holds no more."""
    published = select(Publication.answer_id).where(
        Publication.consultation_id == Consultation.id,
        Publication.state == PublicationState.PUBLISHED,
    )
    counts = or_(
        Citation.answer_id == Consultation.answer_id,
        Citation.answer_id.in_(published.correlate(Consultation)),
    )
    return exists().where(counts, has_changed(day)).correlate(Consultation)
