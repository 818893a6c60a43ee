from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.models.cases import Case
from app.clocks.models import DeadlineClock
from app.clocks.repository.clocks import ClockRepository
from app.core.actors import Actor, ActorKind
from app.core.database import Base
from app.core.errors import NotFound
from app.core.models import Grant
from app.core.paging import Found, Order, moment, page_of
from app.core.places import area_of
from app.core.visibility import granted_to, visible_to
from app.referrals.models.referrals import Referral
from app.referrals.schemas.referrals import ReferralFilter

T = TypeVar("T")

_BY_DUE: Final = Order(Referral.next_due_at, Referral.id, moment, may_be_empty=True)


class ReferralRepository:
    """The referrals that one actor can see.

    Bawaslu sees those of its area; any other agency, also one of the whole country, only what was
    forwarded to it, another system of an agency only that in its own area.
    """

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    def add(self, *rows: Base) -> None:
        self.session.add_all(rows)

    async def flush(self) -> None:
        await self.session.flush()

    async def get(self, referral_id: UUID) -> Referral:
        referral = await self.session.scalar(self._visible().where(Referral.id == referral_id))
        if referral is None:
            raise NotFound
        return referral

    async def lock(self, referral: Referral) -> None:
        await self.session.refresh(referral, with_for_update=True)

    async def of_case(self, case: Case) -> Sequence[Referral]:
        """Every referral of a case that whoever asks was shown to see, the first first."""
        query = select(Referral).where(Referral.case_id == case.id)
        return (
            await self.session.scalars(query.order_by(Referral.forwarded_at, Referral.id))
        ).all()

    async def find(self, wanted: ReferralFilter, now: datetime) -> Found[Referral]:
        query = self._visible().where(*_chosen(wanted, now))
        return await page_of(self.session, query, _BY_DUE, wanted)

    def grant(self, referral: Referral, office_id: UUID, at: datetime) -> None:
        """From now on this office sees the referral, and with it nothing else of the case."""
        self.add(Grant(subject_id=referral.id, office_id=office_id, since=at))

    async def due_again(self, revision: int) -> None:
        """Copy what is due first from the clocks that a revision of the law moved."""
        await self.session.execute(
            update(Referral)
            .where(Referral.id.in_(ClockRepository.moved_by(revision)))
            .values(
                next_due_at=_first(DeadlineClock.due_at), next_due_on=_first(DeadlineClock.due_on)
            )
            .execution_options(synchronize_session="fetch")
        )

    def _visible(self) -> Select[Referral]:
        return select(Referral).where(self._is_visible(), self._is_not_walled())

    def _is_visible(self) -> ColumnElement[bool]:
        # Another system oversees an area, and that of an agency may be the whole country: what was
        # forwarded to others is none of its business.
        if self.actor.kind is ActorKind.CLIENT:
            area = Referral.region_code.startswith(self.actor.area or "", autoescape=True)
            return and_(granted_to(self.actor, Referral.id), area)
        return visible_to(self.actor, Referral.id, Referral.region_code)

    def _is_not_walled(self) -> ColumnElement[bool]:
        """A wall before the case stands before its referrals as well."""
        return visible_to(replace(self.actor, area=""), Referral.case_id, Referral.region_code)


def _first(column: InstrumentedAttribute[T]) -> ScalarSelect[T]:
    """Of the clocks of a referral that run."""
    query = select(column).where(
        DeadlineClock.subject_id == Referral.id,
        DeadlineClock.ended_at.is_(None),
        DeadlineClock.stopped_at.is_(None),
    )
    return query.order_by(DeadlineClock.due_at).limit(1).correlate(Referral).scalar_subquery()


def _chosen(wanted: ReferralFilter, now: datetime) -> list[ColumnElement[bool]]:
    equal = {
        Referral.state: wanted.state,
        Referral.authority_code: wanted.authority,
        Referral.category: wanted.category,
        Referral.case_id: wanted.case_id,
    }
    chosen = [column == value for column, value in equal.items() if value is not None]
    if wanted.region is not None:
        chosen.append(Referral.region_code.startswith(area_of(wanted.region)))
    if wanted.overdue is not None:
        late = Referral.next_due_at <= now
        chosen.append(late if wanted.overdue else late.is_not(True))
    return chosen
