"""Who speaks at all, and how far prevention has reached, by regency."""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.circulars.models import CircularAddressee
from app.declarations.models.counts import Coverage
from app.declarations.models.declarations import Declaration
from app.declarations.rules.kinds import Status
from app.stats.models.figures import FigureCell, FigureFact
from app.stats.repository.figures import FAN_OUT
from app.stats.repository.hearing import days_of
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.facts import NATIONWIDE, REGENCY
from app.stats.rules.units import Unit

Parts = dict[str, tuple[int, int]]
"""Of each regency how many of how many."""

_ALL_OFFICES: Final = ""
_REGENCY_LENGTH: Final = code_length(Depth.REGENCY)


class CoveringRepository:
    """Counts within one area, each by regency."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def last_days(self, area: str, election: str | None, today: date) -> dict[str, date]:
        """The last day up to today for which a regency has an entry of any unit."""
        query = (
            _of_cells(area, election, today)
            if len(area) <= code_length(Depth.PROVINCE)
            else _of_facts(area, election, today)
        )
        rows = await self.session.execute(query)
        return {code: date.fromisoformat(str(day)) for code, day in rows}

    async def rosters(self, area: str, election: str | None) -> Parts:
        """How many should sign, and how many have (fan-out)."""
        place = func.left(Coverage.region_code, _REGENCY_LENGTH)
        query = (
            select(place, func.sum(Coverage.targets), func.sum(Coverage.signed))
            .join(Declaration, Declaration.id == Coverage.declaration_id)
            .where(Coverage.office == _ALL_OFFICES, Declaration.status != Status.CANCELLED)
            .where(_in(area, Coverage.region_code))
        )
        if election is not None:
            query = query.where(Declaration.election_code == election)
        return await self._parts(query.group_by(place))

    async def circulars(self, area: str) -> Parts:
        """To how many a circular was addressed, and how many acknowledged it."""
        addressee = CircularAddressee
        place = func.left(addressee.region_code, _REGENCY_LENGTH)
        query = select(place, func.count(), func.count(addressee.acknowledged_at))
        return await self._parts(query.where(_in(area, addressee.region_code)).group_by(place))

    async def _parts(self, query: Select[Any]) -> Parts:
        rows = await self.session.execute(query, execution_options=FAN_OUT)
        return {code: (int(whole), int(part)) for code, whole, part in rows}


def _of_cells(area: str, election: str | None, today: date) -> Select[Any]:
    cell, day = FigureCell, aliased(FigureCell)
    passed = day.code_b <= today.isoformat(), day.count > 0
    days = select(day.code_b).where(*days_of(cell, day), *passed)
    last = days.order_by(day.code_b.desc()).limit(1).lateral()
    ever = cell.by_a == REGENCY, cell.by_b == "", cell.unit.in_(Unit)
    place = cell.area != NATIONWIDE if area == NATIONWIDE else cell.area == area
    columns: list[Any] = [cell.code_a, func.max(last.c[0])]
    query = select(*columns).join(last, true()).where(*ever, place)
    query = query.group_by(cell.code_a)
    return query if election is None else query.where(cell.election_code == election)


def _of_facts(area: str, election: str | None, today: date) -> Select[Any]:
    fact = FigureFact
    place = func.left(fact.region_code, _REGENCY_LENGTH)
    columns: list[Any] = [place, func.max(fact.day)]
    query = select(*columns).where(fact.unit.in_(Unit), fact.day <= today)
    query = query.where(_in(area, fact.region_code)).group_by(place)
    return query if election is None else query.where(fact.election_code == election)


def _in(area: str, region_code: SQLColumnExpression[str]) -> ColumnElement[bool]:
    # The parts of a code have a fixed length, so a prefix never cuts one in two.
    return region_code.startswith(area, autoescape=True) if area else true()
