from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.stats.files.frozen import FrozenTable
from app.stats.models.forecast import PublicForecast
from app.stats.models.tables import PublicTable
from app.stats.rules.disclosure import TOTAL
from app.stats.rules.public_outlook import Published


class PublicForecastRepository:
    """Forecasts as they were published; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, forecast: PublicForecast) -> bool:
        """Add it; False where the forecast of this day is there already."""
        return await insert_once(self.session, forecast)

    async def published(
        self, election_code: str, unit: str, by: date
    ) -> tuple[date, Published] | None:
        """What the newest public table by a day says of the regions, and of which day it is.

        A region of which it says nothing has none."""
        query = select(PublicTable).where(
            PublicTable.name == unit,
            PublicTable.election_code == election_code,
            PublicTable.day <= by,
        )
        table = await self.session.scalar(query.order_by(PublicTable.day.desc()).limit(1))
        if table is None:
            return None
        shown = FrozenTable.model_validate(table.payload).shown()
        return table.day, {
            region: each.count for (region, value), each in shown.items() if value == TOTAL
        }

    async def find(self, election_code: str, unit: str, day: date) -> PublicForecast | None:
        query = select(PublicForecast).where(
            PublicForecast.election_code == election_code,
            PublicForecast.unit == unit,
            PublicForecast.day == day,
        )
        return await self.session.scalar(query)

    async def days(self, until: date) -> dict[tuple[str, str], tuple[date, date]]:
        """The first and the last day of which there are forecasts, by election and unit."""
        table = PublicForecast
        query = select(
            table.election_code, table.unit, func.min(table.day), func.max(table.day)
        ).where(table.day <= until)
        rows = await self.session.execute(query.group_by(table.election_code, table.unit))
        return {(election, unit): (first, last) for election, unit, first, last in rows}

    async def newest(self, election_code: str, unit: str, by: date) -> PublicForecast | None:
        """The last one that was published by a day."""
        query = select(PublicForecast).where(
            PublicForecast.election_code == election_code,
            PublicForecast.unit == unit,
            PublicForecast.day <= by,
        )
        return await self.session.scalar(query.order_by(PublicForecast.day.desc()).limit(1))
