from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.sight import still_owed, today_of
from app.core.actors import Actor
from app.core.arrays import insert_each
from app.core.visibility import visible_to
from app.declarations.models.counts import Coverage
from app.declarations.models.declarations import Declaration, Target
from app.prevention.models.gatherings import ExplainedCircular, InvitedTarget, SigningDevice
from app.rakor.models.events import Event

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
_FAN_OUT: Final = {"fan_out": True}
_JOINED: Final = tuple(column.key for column in InvitedTarget.__table__.columns)


class Signed(NamedTuple):
    """How many should sign a declaration, and how many have, as of the last checkpoint."""

    targets: int
    signed: int


class Reached(NamedTuple):
    """How far a circular has come."""

    addressed: int
    acknowledged: int
    overdue: int


class GatheringRepository:
    """What is joined to an event that the caller has got."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self.session = session
        self.actor = actor

    async def declarations(self, event: Event) -> Sequence[Declaration]:
        """Those made at the event, by either side's word, which the actor sees."""
        query = select(Declaration).where(
            visible_to(self.actor, Declaration.id, Declaration.region_code),
            or_(Declaration.event_id == event.id, Declaration.id == event.declaration_id),
        )
        return (await self.session.scalars(query.order_by(Declaration.created_at))).all()

    async def circular_ids(self, event: Event) -> set[UUID]:
        """Of those explained there, whoever may see them."""
        joined = select(ExplainedCircular.circular_id).where(ExplainedCircular.event_id == event.id)
        named = {event.circular_id} if event.circular_id is not None else set()
        return named.union(await self.session.scalars(joined))

    async def count_explained(self, event: Event) -> int:
        query = select(func.count()).where(ExplainedCircular.event_id == event.id)
        return await self.session.scalar(query) or 0

    async def explained(self, event: Event, circular_id: UUID) -> ExplainedCircular | None:
        query = select(ExplainedCircular).where(
            ExplainedCircular.event_id == event.id, ExplainedCircular.circular_id == circular_id
        )
        return await self.session.scalar(query)

    def add(self, *rows: ExplainedCircular | SigningDevice) -> None:
        self.session.add_all(rows)

    async def take_off(self, row: ExplainedCircular) -> None:
        await self.session.delete(row)

    async def coverage(self, ids: Collection[UUID]) -> Mapping[UUID, Signed]:
        """Of each declaration: one row of each regency, so that a country is 514."""
        query = (
            select(Coverage.declaration_id, func.sum(Coverage.targets), func.sum(Coverage.signed))
            .where(Coverage.declaration_id.in_(ids), Coverage.office == "")
            .group_by(Coverage.declaration_id)
        )
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return {id: Signed(int(targets), int(signed)) for id, targets, signed in rows}

    async def reach(self, ids: Collection[UUID], now: datetime) -> Mapping[UUID, Reached]:
        """Late is what the list of the circular itself calls late."""
        late = and_(CircularAddressee.next_due_on < today_of(now), still_owed(now))
        query = (
            select(
                CircularAddressee.circular_id,
                func.count(),
                func.count(CircularAddressee.acknowledged_at),
                func.count().filter(late),
            )
            .join(Circular, Circular.id == CircularAddressee.circular_id)
            .where(CircularAddressee.circular_id.in_(ids))
            .group_by(CircularAddressee.circular_id)
        )
        return {id: Reached(*counts) for id, *counts in await self.session.execute(query)}


class InvitedTargetRepository:
    """As which targets the invited sign; of events and declarations that the caller has got."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, declaration_id: UUID, event_id: UUID) -> Sequence[InvitedTarget]:
        query = select(InvitedTarget).where(
            InvitedTarget.declaration_id == declaration_id, InvitedTarget.event_id == event_id
        )
        return (await self.session.scalars(query.order_by(InvitedTarget.id))).all()

    async def of_invitation(
        self, invitation_id: UUID
    ) -> Sequence[tuple[InvitedTarget, Declaration]]:
        query = (
            select(InvitedTarget, Declaration)
            .join(Declaration, Declaration.id == InvitedTarget.declaration_id)
            .where(InvitedTarget.invitation_id == invitation_id)
            .order_by(Declaration.created_at)
        )
        return [(joined, declaration) for joined, declaration in await self.session.execute(query)]

    async def count(self, event_id: UUID) -> Mapping[UUID, int]:
        """By declaration."""
        query = (
            select(InvitedTarget.declaration_id, func.count())
            .where(InvitedTarget.event_id == event_id)
            .group_by(InvitedTarget.declaration_id)
        )
        return dict((await self.session.execute(query)).all())

    async def add(self, rows: Sequence[InvitedTarget]) -> None:
        """Thousands of them in one statement."""
        values = [tuple(getattr(row, name) for name in _JOINED) for row in rows]
        await insert_each(self.session, InvitedTarget, _JOINED, values)

    async def forget(self, ids: Collection[UUID]) -> None:
        await self.session.execute(delete(InvitedTarget).where(InvitedTarget.id.in_(ids)))

    async def still(self, declaration_id: UUID, ids: Collection[UUID]) -> set[UUID]:
        """Which of these targets are on the roster."""
        query = select(Target.id).where(
            Target.declaration_id == declaration_id, Target.id == func.any(list(ids))
        )
        return set(await self.session.scalars(query, execution_options=_FAN_OUT))

    async def listed(
        self, declaration_id: UUID, regions: Collection[int], marks: Collection[bytes]
    ) -> Mapping[tuple[int, bytes], UUID]:
        """The targets in these regions under these marks."""
        query = select(Target.region_id, Target.person_key, Target.id).where(
            Target.declaration_id == declaration_id,
            Target.region_id == func.any(list(regions)),
            Target.person_key == func.any(list(marks)),
        )
        rows = await self.session.execute(query)
        return {(region_id, mark): id for region_id, mark, id in rows}


class SigningDeviceRepository:
    """Which devices of a door collect signatures, and for what."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, event_device_id: UUID) -> SigningDevice | None:
        query = select(SigningDevice).where(SigningDevice.event_device_id == event_device_id)
        return await self.session.scalar(query)
