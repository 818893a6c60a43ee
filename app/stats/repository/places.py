"""The regions that figures are told apart by, with their names."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.remembered import Remembered
from app.regions.models import Region
from app.regions.rules import Level
from app.stats.rules.areas import Depth, code_length

_LEVELS: Final = {
    Depth.PROVINCE: (Level.PROVINCE,),
    Depth.REGENCY: (Level.REGENCY, Level.CITY),
    Depth.DISTRICT: (Level.DISTRICT,),
    Depth.VILLAGE: (Level.VILLAGE,),
}


REGENCIES: Final[Remembered[int]] = Remembered()


class PlaceRepository:
    """Regions as they are today; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def regions(self, area: str, depth: Depth, also: Collection[str] = ()) -> dict[str, str]:
        """The regions of one level in an area, by their names; and some others."""
        below = and_(Region.level.in_(_LEVELS[depth]), Region.valid_to.is_(None), _in(area))
        query = select(Region.code, Region.name).where(or_(below, Region.code.in_(also)))
        return dict((await self.session.execute(query.order_by(Region.code))).all())

    async def names(self, codes: Collection[str]) -> dict[str, str]:
        query = select(Region.code, Region.name).where(Region.code.in_(codes))
        return dict((await self.session.execute(query.order_by(Region.code))).all())

    async def count_regencies(self, area: str) -> int:
        """How many regencies and cities an area has, or lies in; remembered, as reference is."""
        around = area[: code_length(Depth.REGENCY)]
        known = REGENCIES.get(around)
        return REGENCIES.keep(around, await self._count(around)) if known is None else known

    async def _count(self, around: str) -> int:
        query = select(func.count()).where(
            Region.level.in_(_LEVELS[Depth.REGENCY]), Region.valid_to.is_(None), _in(around)
        )
        return await self.session.scalar(query) or 0


def _in(area: str) -> ColumnElement[bool]:
    # The parts of a code have a fixed length, so a prefix never cuts one in two.
    return Region.code.startswith(area, autoescape=True) if area else true()
