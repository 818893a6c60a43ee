from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.circulars.models import Circular, CircularAddressee, CircularObligation, CircularReport
from app.circulars.rules.cascade import AddresseeState, Figures
from app.circulars.schemas.cascade import AddressedFilter, AddresseeFilter, CodeFilter
from app.core.actors import Actor, ActorKind
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.visibility import visible_to
from app.posts.rules.categories import PostCategory

_BY: Final = (CircularAddressee.addressed_at, CircularAddressee.id)


class Counted(NamedTuple):
    """The figures of one category on one level of the cascade."""

    depth: int
    category: PostCategory
    figures: Figures


class AddresseeRepository:
    """The addressed offices that one actor can see: of his area, his own and those below, and all
    of the circulars that his own office issued."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.now = now

    async def get(
        self, circular_id: UUID, addressee_id: UUID, *, lock: bool = False
    ) -> CircularAddressee:
        query = self._visible().where(
            CircularAddressee.circular_id == circular_id, CircularAddressee.id == addressee_id
        )
        return await self._one(query.with_for_update(of=CircularAddressee) if lock else query)

    async def opened_by_code(self, addressee_id: UUID) -> CircularAddressee:
        """The office whose code was shown; held, because whoever shows it answers for it."""
        query = select(CircularAddressee).where(CircularAddressee.id == addressee_id)
        return await self._one(query.with_for_update())

    async def find(self, circular: Circular, wanted: AddresseeFilter) -> Found[CircularAddressee]:
        query = self._visible().where(CircularAddressee.circular_id == circular.id)
        for column, value in (
            (CircularAddressee.parent_id, wanted.parent),
            (CircularAddressee.depth, wanted.depth),
            (CircularAddressee.category, wanted.category),
        ):
            query = query if value is None else query.where(column == value)
        if wanted.region is not None:
            query = query.where(_within(wanted.region))
        query = self._as_far_as(query, wanted.state, wanted.overdue)
        return await newest_first(self.session, query, _BY, wanted)

    async def addressed(self, wanted: AddressedFilter) -> Found[CircularAddressee]:
        """Those of all circulars that were issued to the actor's office or area."""
        query = self._visible()
        if wanted.own:
            query = query.where(CircularAddressee.office_id == self.actor.office_id)
        if wanted.due_by is not None:
            query = query.where(CircularAddressee.next_due_on <= wanted.due_by)
        query = self._as_far_as(query, wanted.state, wanted.overdue)
        return await newest_first(self.session, query, _BY, wanted)

    async def below(
        self, circular: Circular, parent_id: UUID | None, wanted: CodeFilter
    ) -> Found[CircularAddressee]:
        """Those whom the issuer addressed himself, or to whom this one forwarded it."""
        query = select(CircularAddressee).where(
            CircularAddressee.circular_id == circular.id,
            CircularAddressee.parent_id.is_(None)
            if parent_id is None
            else CircularAddressee.parent_id == parent_id,
        )
        return await newest_first(self.session, query, _BY, wanted)

    async def undone(self, addressee: CircularAddressee) -> Sequence[CircularObligation]:
        reported = select(CircularReport.obligation_id).where(
            CircularReport.addressee_id == addressee.id
        )
        query = select(CircularObligation).where(
            CircularObligation.circular_id == addressee.circular_id,
            CircularObligation.id.not_in(reported),
        )
        return (await self.session.scalars(query)).all()

    async def obliges(self, circular: Circular, obligation_id: UUID) -> bool:
        """Whether this is an obligation of the circular at all."""
        query = select(CircularObligation.id).where(
            CircularObligation.circular_id == circular.id, CircularObligation.id == obligation_id
        )
        return await self.session.scalar(query) is not None

    def report(self, report: CircularReport) -> None:
        self.session.add(report)

    async def reports(
        self, addressee: CircularAddressee
    ) -> Sequence[tuple[CircularReport, CircularObligation]]:
        query = select(CircularReport, CircularObligation).join(
            CircularObligation, CircularObligation.id == CircularReport.obligation_id
        )
        query = query.where(CircularReport.addressee_id == addressee.id)
        rows = await self.session.execute(query.order_by(CircularObligation.place))
        return [(report, obligation) for report, obligation in rows]

    async def figures(
        self, circular: Circular, region: str | None, today: date
    ) -> Sequence[Counted]:
        """By depth and category, in one pass: offices, acknowledged, forwarded, obligations, done,
        overdue."""
        groups = (CircularAddressee.depth, CircularAddressee.category)
        query = (
            select(
                *groups,
                func.count(),
                func.count(CircularAddressee.acknowledged_at),
                func.count().filter(CircularAddressee.forwarded > 0),
                func.sum(CircularAddressee.owed),
                func.sum(CircularAddressee.done),
                func.count().filter(CircularAddressee.next_due_on < today),
            )
            .join(Circular, Circular.id == CircularAddressee.circular_id)
            .where(self._seen_of(circular), CircularAddressee.circular_id == circular.id)
        )
        if region is not None:
            query = query.where(_within(region))
        rows = await self.session.execute(query.group_by(*groups).order_by(*groups))
        return [Counted(depth, category, Figures(*counted)) for depth, category, *counted in rows]

    def _as_far_as(
        self,
        query: Select[CircularAddressee],
        state: AddresseeState | None,
        overdue: bool | None,
    ) -> Select[CircularAddressee]:
        if state is not None:
            query = query.where(_in_state(state))
        if overdue is not None:
            query = query.where(func.coalesce(self._is_overdue(), False) == overdue)
        return query

    def _is_overdue(self) -> ColumnElement[bool]:
        """By the day on the clock of each circular's issuer."""
        today = cast(
            func.timezone(Circular.time_zone, literal(self.now, DateTime(timezone=True))), Date
        )
        return CircularAddressee.next_due_on < today

    def _visible(self) -> Select[CircularAddressee]:
        joined = select(CircularAddressee).join(
            Circular, Circular.id == CircularAddressee.circular_id
        )
        return joined.where(self._seen())

    def _seen_of(self, circular: Circular) -> ColumnElement[bool]:
        """Of one's own circular, and over the whole country, all: measured, to ask it of each of
        91,000 rows took half of the time."""
        is_own = self.actor.office_id == circular.office_id
        return true() if is_own or self.actor.area == "" else self._seen()

    def _seen(self) -> ColumnElement[bool]:
        if self.actor.kind is ActorKind.SYSTEM:
            return true()
        seen = visible_to(self.actor, CircularAddressee.id, CircularAddressee.region_code)
        if self.actor.office_id is None:
            return seen
        parent = aliased(CircularAddressee)
        own = select(parent.id).where(parent.office_id == self.actor.office_id)
        return or_(
            seen,
            Circular.office_id == self.actor.office_id,
            CircularAddressee.office_id == self.actor.office_id,
            CircularAddressee.parent_id.in_(own),
        )

    async def _one(self, query: Select[CircularAddressee]) -> CircularAddressee:
        addressee = await self.session.scalar(query)
        if addressee is None:
            raise NotFound
        return addressee


def _in_state(state: AddresseeState) -> ColumnElement[bool]:
    match state:
        case AddresseeState.ADDRESSED:
            return CircularAddressee.acknowledged_at.is_(None)
        case AddresseeState.ACKNOWLEDGED:
            return CircularAddressee.acknowledged_at.is_not(None) & (
                CircularAddressee.done < CircularAddressee.owed
            )
    return CircularAddressee.acknowledged_at.is_not(None) & (
        CircularAddressee.done >= CircularAddressee.owed
    )


def _within(region: str) -> ColumnElement[bool]:
    return CircularAddressee.region_code.startswith(area_of(region), autoescape=True)
