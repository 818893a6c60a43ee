from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import Complaint, Matter
from app.core.errors import Unavailable

_ATTEMPTS: Final = 5


class MatterRepository:
    """What is handled together. Whoever changes any part of it holds its matter first, several
    matters in the order of their ids: then nobody waits in a circle."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def lock(self, matter_id: UUID) -> None:
        query = select(Matter.id).where(Matter.id == matter_id)
        await self.session.execute(query.with_for_update())

    async def hold(self, complaints: Collection[UUID], matters: Collection[UUID] = ()) -> None:
        """Hold complaints until the end of the unit of work, before them their matters and those
        that are named; Unavailable where they change their matters all the time."""
        for _ in range(_ATTEMPTS):
            async with self.session.begin_nested() as attempt:
                held = await self._lock(complaints, matters)
                if await self._matters_of(complaints) <= held:
                    return
                # One of them was joined or separated while this waited; what is held lets go, for
                # the matter that it has now may come before these.
                await attempt.rollback()
        raise Unavailable

    async def _lock(self, complaints: Collection[UUID], matters: Collection[UUID]) -> set[UUID]:
        theirs = select(Complaint.matter_id).where(Complaint.id.in_(complaints))
        query = select(Matter.id).where(or_(Matter.id.in_(matters), Matter.id.in_(theirs)))
        return set(await self.session.scalars(query.order_by(Matter.id).with_for_update()))

    async def _matters_of(self, complaints: Collection[UUID]) -> set[UUID]:
        """As it is now; from here on it stays."""
        query = select(Complaint.matter_id).where(Complaint.id.in_(complaints))
        found = await self.session.scalars(query.order_by(Complaint.id).with_for_update())
        return {each for each in found if each is not None}
