from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.regions.models import Region
from app.regions.rules import Level
from app.stats.repository.sources import SOURCES, Source
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.periods import Period
from app.stats.rules.units import Dimension, Unit

# Signatures and check-ins lie with their regions, and a figure asks all of them.
_FAN_OUT: Final = {"fan_out": True}
_LEVELS: Final = {
    Depth.PROVINCE: (Level.PROVINCE,),
    Depth.REGENCY: (Level.REGENCY, Level.CITY),
    Depth.DISTRICT: (Level.DISTRICT,),
    Depth.VILLAGE: (Level.VILLAGE,),
}


@dataclass(frozen=True)
class Question:
    """What is counted, where, and when."""

    unit: Unit
    area: str
    period: Period


class FigureRepository:
    """Counts within one area.

    An officer behind a wall (app.core.visibility) is counted the same figures as his neighbour:
    a count names nothing, and two officers of one office must not quote two numbers.
    """

    def __init__(self, session: AsyncSession, area: str | None) -> None:
        self.session = session
        self.area = area

    async def count(self, asked: Question) -> tuple[int, int]:
        """How many there are, and in how many regencies and cities."""
        source = SOURCES[asked.unit]
        regency = func.left(source.region_code, code_length(Depth.REGENCY))
        placed = func.length(source.region_code) >= code_length(Depth.REGENCY)
        query = select(func.count(), func.count(regency.distinct()).filter(placed))
        where = self._where(source, asked)
        row = await self.session.execute(query.where(where), execution_options=_FAN_OUT)
        return row.one()

    async def count_by(self, asked: Question, by: Dimension) -> dict[str, int]:
        source = SOURCES[asked.unit]
        key = source.day if by is Dimension.DAY else source.codes[by]
        return await self._count_by(key, source, asked)

    async def count_by_region(self, asked: Question, depth: Depth) -> dict[str, int]:
        """By the region of this level; what lies higher keeps its own code."""
        source = SOURCES[asked.unit]
        key = func.left(source.region_code, code_length(depth))
        return await self._count_by(key, source, asked)

    async def regions(self, area: str, depth: Depth) -> dict[str, str]:
        """The regions of one level in an area, by their names."""
        query = select(Region.code, Region.name).where(
            Region.level.in_(_LEVELS[depth]), Region.valid_to.is_(None), _in(area, Region.code)
        )
        return dict((await self.session.execute(query.order_by(Region.code))).all())

    async def names(self, codes: Collection[str]) -> dict[str, str]:
        query = select(Region.code, Region.name).where(Region.code.in_(codes))
        return dict((await self.session.execute(query.order_by(Region.code))).all())

    async def count_regencies(self, area: str) -> int:
        """How many regencies and cities an area has, or lies in."""
        around = area[: code_length(Depth.REGENCY)]
        query = select(func.count()).where(
            Region.level.in_(_LEVELS[Depth.REGENCY]),
            Region.valid_to.is_(None),
            _in(around, Region.code),
        )
        return await self.session.scalar(query) or 0

    async def _count_by(
        self, key: SQLColumnExpression[object], source: Source, asked: Question
    ) -> dict[str, int]:
        things = select(key.label("key")).where(self._where(source, asked)).subquery()
        query = select(things.c.key, func.count()).group_by(things.c.key)
        rows = await self.session.execute(query, execution_options=_FAN_OUT)
        return {str(each): number for each, number in rows}

    def _where(self, source: Source, asked: Question) -> ColumnElement[bool]:
        return and_(
            _in(self.area, source.region_code),
            _in(asked.area, source.region_code),
            source.counted,
            source.during(asked.period),
        )


def _in(area: str | None, region_code: SQLColumnExpression[str]) -> ColumnElement[bool]:
    if area is None:
        return false()
    # The parts of a code have a fixed length, so a prefix never cuts one in two.
    return region_code.startswith(area, autoescape=True) if area else true()
