from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee, CircularObligation, CircularReport
from app.circulars.repository.sight import seen_by, still_owed, today_of, within
from app.circulars.rules.cascade import AddresseeState
from app.circulars.rules.codes import AddresseeCode
from app.circulars.schemas.cascade import AddressedFilter, AddresseeFilter, CodeFilter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, newest_first

_BY: Final = (CircularAddressee.addressed_at, CircularAddressee.id)


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

    async def above(self, addressee: CircularAddressee) -> CircularAddressee | None:
        """Who forwarded to it; None where the issuer addressed it himself."""
        if addressee.parent_id is None:
            return None
        return await self.get(addressee.circular_id, addressee.parent_id)

    async def opened_by_code(self, code: AddresseeCode) -> CircularAddressee:
        """The office whose code was shown; held, because whoever shows it answers for it."""
        query = select(CircularAddressee).where(
            CircularAddressee.id == code.addressee_id,
            CircularAddressee.code_turn == code.turn,
            CircularAddressee.office_id.is_(None),
        )
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
            query = query.where(within(wanted.region))
        query = self._as_far_as(query, wanted.state, wanted.overdue)
        return await newest_first(self.session, query, _BY, wanted)

    async def addressed(self, wanted: AddressedFilter) -> Found[CircularAddressee]:
        """Those of all circulars that were issued to the actor's office or area."""
        query = self._visible()
        if wanted.own:
            query = query.where(CircularAddressee.office_id == self.actor.office_id)
        if wanted.due_by is not None:
            due = CircularAddressee.next_due_on <= wanted.due_by
            query = query.where(due, still_owed(self.now))
        query = self._as_far_as(query, wanted.state, wanted.overdue)
        return await newest_first(self.session, query, _BY, wanted)

    async def below(
        self, circular: Circular, parent_id: UUID | None, wanted: CodeFilter
    ) -> Found[CircularAddressee]:
        """Those whom the issuer addressed himself, or to whom this one forwarded it, and for whom
        no officer answers."""
        query = select(CircularAddressee).where(
            CircularAddressee.circular_id == circular.id,
            CircularAddressee.office_id.is_(None),
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

    def _as_far_as(
        self,
        query: Select[CircularAddressee],
        state: AddresseeState | None,
        overdue: bool | None,
    ) -> Select[CircularAddressee]:
        if state is not None:
            query = query.where(_in_state(state))
        if overdue is not None:
            late = and_(CircularAddressee.next_due_on < today_of(self.now), still_owed(self.now))
            query = query.where(func.coalesce(late, False) == overdue)
        return query

    def _visible(self) -> Select[CircularAddressee]:
        joined = select(CircularAddressee).join(
            Circular, Circular.id == CircularAddressee.circular_id
        )
        return joined.where(seen_by(self.actor))

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
