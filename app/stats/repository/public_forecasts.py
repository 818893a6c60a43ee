from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.stats.models.forecast import PublicForecast


class PublicForecastRepository:
    """Forecasts as they were published; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, forecast: PublicForecast) -> bool:
        """Add it; False where the forecast of this day is there already."""
        return await insert_once(self.session, forecast)

    async def find(self, election_code: str, unit: str, day: date) -> PublicForecast | None:
        query = select(PublicForecast).where(
            PublicForecast.election_code == election_code,
            PublicForecast.unit == unit,
            PublicForecast.day == day,
        )
        return await self.session.scalar(query)
