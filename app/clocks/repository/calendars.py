from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import StoredHoliday
from app.clocks.schemas.calendars import HolidayFilter
from app.core.paging import Found, Order, page_of
from app.core.places import NATION
from app.regions.rules import ancestors


class CalendarRepository:
    """The days off, as they are or as an earlier revision had them; the same for every reader."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, wanted: HolidayFilter) -> Found[StoredHoliday]:
        order = Order(StoredHoliday.day, StoredHoliday.id, date.fromisoformat)
        return await page_of(self.session, _wanted(wanted), order, wanted)


def _wanted(wanted: HolidayFilter) -> Select[StoredHoliday]:
    row = StoredHoliday
    query = select(row)
    if wanted.revision is None:
        query = query.where(row.until_revision.is_(None))
    else:
        stands = or_(row.until_revision.is_(None), row.until_revision > wanted.revision)
        query = query.where(row.since_revision <= wanted.revision, stands)
    if wanted.year is not None:
        query = query.where(row.day.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.kind is not None:
        query = query.where(row.kind == wanted.kind)
    if wanted.region_code is not None:
        around = [NATION, *ancestors(wanted.region_code), wanted.region_code]
        query = query.where(row.area_code.in_(around))
    return query
