from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Subquery,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.cases import Case, CasePerson
from app.offices.models import Office
from app.offices.rules import OfficeKind, office_code
from app.stats.repository.sources.shape import local_day
from app.stats.rules.areas import Depth, code_length
from app.stats.rules.delays import MOST_DAYS
from app.stats.rules.periods import midnight
from app.stats.rules.prospects import Counted
from app.stats.rules.seasons import WEEK

CASE: Final = "case"
PERSON: Final = "person"


@dataclass(frozen=True)
class Recorded:
    """What is counted: acts of these days, recorded before the end of `as_of`."""

    unit: str
    election_code: str
    since: date
    until: date
    as_of: date

    @property
    def before(self) -> datetime:
        return midnight(self.as_of + timedelta(days=1))


class ForecastRepository:
    """What forecasts learn from, over the whole country: a region is drawn to its neighbours."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def weekly_counts(self, asked: Recorded) -> Counted:
        """How many, by region and week of the act, and by age and delay in days."""
        things = _things(asked)
        week = _days(things.c.act_on - literal(asked.since, Date)) // WEEK
        by_week = select(things.c.region, week, func.count()).group_by(things.c.region, week)
        age = _at_most(_days(literal(asked.as_of, Date) - things.c.act_on))
        delay = _at_most(_days(things.c.recorded_on - things.c.act_on))
        by_delay = select(age, delay, func.count()).group_by(age, delay)
        weekly = await self.session.execute(by_week)
        triangle = await self.session.execute(by_delay)
        return Counted(
            {(region, number): count for region, number, count in weekly},
            {(days, late): count for days, late, count in triangle},
        )

    async def offices(self, places: Collection[str]) -> dict[str, str]:
        """The Bawaslu of each of these places: its name, by the code of the place."""
        codes = {office_code(OfficeKind.BAWASLU, place): place for place in places}
        query = select(Office.code, Office.name).where(Office.code.in_(codes))
        return {codes[code]: name for code, name in await self.session.execute(query)}


def _things(asked: Recorded) -> Subquery:
    moment = Case.opened_at if asked.unit == CASE else CasePerson.named_at
    query = select(
        func.left(Case.region_code, code_length(Depth.REGENCY)).label("region"),
        Case.occurred_on.label("act_on"),
        local_day(moment).label("recorded_on"),
    )
    if asked.unit == PERSON:
        query = query.join_from(CasePerson, Case, Case.id == CasePerson.case_id).where(
            CasePerson.same_as_id.is_(None),
            # Who was taken out later had counted until then.
            or_(CasePerson.removed_at.is_(None), CasePerson.removed_at >= asked.before),
        )
    return query.where(
        Case.election_code == asked.election_code,
        Case.merged_into_id.is_(None),
        Case.occurred_on.between(asked.since, min(asked.until, asked.as_of)),
        moment < asked.before,
    ).subquery()


def _days(difference: ColumnElement[date]) -> ColumnElement[int]:
    """Two days subtracted are whole days to PostgreSQL, which SQLAlchemy does not know."""
    return type_coerce(difference, Integer)


def _at_most(days: ColumnElement[int]) -> ColumnElement[int]:
    return func.least(days, MOST_DAYS)
