from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import area_of
from app.offices.models import Office
from app.offices.rules import OfficeKind
from app.regions.models import Region
from app.regions.rules import Level

BATCH: Final = 5_000
"""Regions read at once: so many that 84,000 villages take a few seconds and no memory."""


class SeatRepository:
    """Where the offices are that a line of addressees means: in the regions or in the register."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def regions(
        self, levels: Collection[Level], area: str
    ) -> AsyncIterator[Sequence[tuple[str, str, int]]]:
        """Code, name and placement of the regions of these levels that there are now, in pieces."""
        columns = select(Region.code, Region.name, Region.placement_id).where(
            Region.level.in_(levels),
            Region.valid_to.is_(None),
            Region.code.startswith(area_of(area), autoescape=True),
        )
        after = ""
        while True:
            query = columns.where(Region.code > after).order_by(Region.code).limit(BATCH)
            rows = [(code, name, id) for code, name, id in await self.session.execute(query)]
            if not rows:
                return
            yield rows
            after = rows[-1][0]

    async def region(self, code: str) -> Region | None:
        return await self.session.get(Region, code)

    async def registered(
        self, kinds: Collection[OfficeKind], levels: Collection[Level], area: str
    ) -> Sequence[Office]:
        query = select(Office).where(
            Office.kind.in_(kinds),
            Office.level.in_(levels),
            Office.region_code.startswith(area_of(area), autoescape=True),
        )
        return (await self.session.scalars(query.order_by(Office.code))).all()

    async def offices(self, ids: Collection[UUID]) -> Mapping[UUID, Office]:
        rows = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {office.id: office for office in rows}
