from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.consultations.models.answers import Citation, ConsultationAnswer
from app.consultations.models.publications import Publication
from app.consultations.models.questions import Consultation, ConsultationQuestion
from app.consultations.repository.articles import has_changed
from app.consultations.rules.publishing import PublicationState
from app.consultations.rules.questions import ConsultationState
from app.consultations.schemas.desk import ConsultationCountsOut, ConsultationFilter
from app.core.actors import Actor
from app.core.database import Base
from app.core.errors import NotFound
from app.core.once import insert_once
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.offices.models import Office
from app.receipts.models import Receipt


class ConsultationRepository:
    """The questions that one actor can see; no query here can see beyond them."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def add(self, receipt: Receipt, *parts: Base) -> bool:
        """Add a question with its parts; False where its id has a receipt, of whatever kind."""
        return await insert_once(self.session, receipt, *parts)

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

    async def counts(self, day: date) -> ConsultationCountsOut:
        """How many of what the actor sees wait for somebody, in one look."""
        waits = {
            "unanswered": _is_unanswered(),
            "unread": Consultation.unread_messages > 0,
            "stale": _is_stale(day),
            "drafted": _has_text(PublicationState.DRAFTED),
        }
        counted = [func.count().filter(each).label(name) for name, each in waits.items()]
        query = select(*counted).select_from(Consultation).where(self._seen())
        row = (await self.session.execute(query)).one()
        return ConsultationCountsOut.model_validate(row)

    async def newly_stale(self, day: date, most: int) -> Sequence[Consultation]:
        """What came onto the list for review and was not noted yet; what others hold, later."""
        query = self._visible().where(Consultation.stale_since.is_(None), _is_stale(day))
        query = query.order_by(Consultation.id).limit(most).with_for_update(skip_locked=True)
        return (await self.session.scalars(query)).all()

    async def forget_reviewed(self, day: date) -> None:
        """Take the note from what has left the list: it may come onto it again."""
        noted = Consultation.stale_since.is_not(None)
        gone = update(Consultation).where(self._seen(), noted, ~_is_stale(day))
        await self.session.execute(
            gone.values(stale_since=None).execution_options(synchronize_session=False)
        )

    async def is_turned(self, id: UUID) -> bool:
        """Whether its author made a complaint of it, whether or not the desk was told."""
        turned = Consultation.sealed_complaint.is_not(None)
        query = select(exists().where(Consultation.id == id, turned, self._seen()))
        return bool(await self.session.scalar(query))

    async def turned_before(self, day: date, most: int) -> Sequence[Consultation]:
        """Of which the desk was not told yet; what others hold, later."""
        query = self._visible().where(Consultation.turned_on < day).limit(most)
        query = query.order_by(Consultation.id).with_for_update(skip_locked=True)
        return (await self.session.scalars(query)).all()

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
        conditions += [_is_unanswered(), Consultation.asked_at < before]
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
    """The answer that counts, or the one that is published, cites what holds no more; or the
    office has answered otherwise since the text was published.

    What became a complaint is answered no more: of it only the published text is to be reviewed.
    """
    is_public = and_(
        Publication.consultation_id == Consultation.id,
        Publication.state == PublicationState.PUBLISHED,
    )
    changed = has_changed(day)
    # One EXISTS for each, on equal keys: joined by OR inside, none could use an index.
    present = exists().where(Citation.answer_id == Consultation.answer_id, changed)
    public = exists().where(is_public, Citation.answer_id == Publication.answer_id, changed)
    replaced = exists().where(is_public, Publication.answer_id != Consultation.answer_id)
    is_open = Consultation.state != ConsultationState.TURNED
    return or_(
        and_(is_open, present.correlate(Consultation)),
        public.correlate(Consultation),
        replaced.correlate(Consultation),
    )


def _is_unanswered() -> ColumnElement[bool]:
    return and_(Consultation.answer_id.is_(None), Consultation.state == ConsultationState.SUBMITTED)
