from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import area_of
from app.elections.models import Election, ElectionArea
from app.offices.models import Office
from app.posts.rules.choices import Reach
from app.regions.models import Region
from app.regions.rules import Level, comparable


class SeatRegion(NamedTuple):
    """A region in which a letter means somebody."""

    code: str
    name: str
    placement_id: int


class PostRepository:
    """The regions and the registered offices that a letter can mean, which everybody may read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def regions(self, reach: Reach, after: str, most: int) -> Sequence[SeatRegion]:
        """Those of today behind this code, in the order of their codes, and at most so many."""
        query = select(Region.code, Region.name, Region.placement_id).where(
            Region.valid_to.is_(None),
            Region.level.in_(reach.levels),
            Region.code.startswith(area_of(reach.region_code), autoescape=True),
            Region.code > after,
        )
        if reach.villages:
            query = query.where(or_(*(Region.code.like(f"%.{each}___") for each in reach.villages)))
        if reach.election_code is not None:
            query = query.where(_votes_in(reach.election_code))
        rows = await self.session.execute(query.order_by(Region.code).limit(most))
        return [SeatRegion(*row) for row in rows]

    async def directly_below(self, code: str) -> Sequence[SeatRegion]:
        """Those of today that a region consists of."""
        query = select(Region.code, Region.name, Region.placement_id).where(
            Region.valid_to.is_(None), Region.parent_code == code
        )
        return [SeatRegion(*row) for row in await self.session.execute(query.order_by(Region.code))]

    async def known_regions(self, codes: Collection[str]) -> Mapping[str, SeatRegion]:
        query = select(Region.code, Region.name, Region.placement_id)
        rows = await self.session.execute(query.where(Region.code.in_(codes)))
        return {row.code: SeatRegion(*row) for row in rows}

    async def known_elections(self, codes: Collection[str]) -> set[str]:
        rows = await self.session.scalars(select(Election.code).where(Election.code.in_(codes)))
        return set(rows)

    async def offices(self, ids: Collection[UUID]) -> Mapping[UUID, Office]:
        rows = await self.session.scalars(select(Office).where(Office.id.in_(ids)))
        return {office.id: office for office in rows}

    async def offices_coded(self, codes: Collection[str]) -> Mapping[str, Office]:
        """Those of them that there are, by the region of each."""
        query = select(Office).where(Office.code.in_(codes)).order_by(Office.code.desc())
        return {office.region_code: office for office in await self.session.scalars(query)}

    async def offices_called(self, regions: Collection[str]) -> Mapping[tuple[str, str], Office]:
        """All of these regions, by the region and the comparable name of each."""
        query = select(Office).where(Office.region_code.in_(regions)).order_by(Office.code.desc())
        rows = await self.session.scalars(query)
        return {(office.region_code, comparable(office.name)): office for office in rows}


def _votes_in(election_code: str) -> ColumnElement[bool]:
    """Where somebody is elected; districts and villages vote where what is above does."""
    areas = select(ElectionArea.region_code).where(ElectionArea.election_code == election_code)
    around = (func.substr(Region.code, 1, length) for length in (2, 5))
    below = and_(
        Region.level.in_((Level.DISTRICT, Level.VILLAGE)),
        or_(*(each.in_(areas) for each in around)),
    )
    return or_(Region.code.in_(areas), below)
