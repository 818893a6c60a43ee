from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.stats.files import FrozenTable
from app.stats.models.forecast import PublicForecast
from app.stats.models.tables import PublicTable
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
        """What the newest public table by a day says of the provinces, and of which day it is."""
        query = select(PublicTable.day, PublicTable.payload).where(
            PublicTable.name == totals_of(election_code, unit), PublicTable.day <= by
        )
        newest = query.order_by(PublicTable.day.desc()).limit(1)
        row = (await self.session.execute(newest)).one_or_none()
        if row is None:
            return None
        cells = FrozenTable.model_validate(row.payload).cells
        return row.day, {each.key: each.count for each in cells}

    async def find(self, election_code: str, unit: str, day: date) -> PublicForecast | None:
        query = select(PublicForecast).where(
            PublicForecast.election_code == election_code,
            PublicForecast.unit == unit,
            PublicForecast.day == day,
        )
        return await self.session.scalar(query)


def totals_of(election_code: str, unit: str) -> str:
    """The name of the public table with the totals of the provinces in one election."""
    return f"provinces_{unit}_{election_code}"
