from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.core.places import NATION
from app.stats.models.tables import PublicTable


class PublicTableRepository:
    """What was published; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, table: PublicTable) -> bool:
        """Add it; False where the table of this day is there already."""
        return await insert_once(self.session, table)

    async def get(self, name: str, day: date) -> PublicTable:
        return (await self.session.scalars(self._named(name, day))).one()

    async def find(self, name: str, day: date) -> PublicTable | None:
        return await self.session.scalar(self._named(name, day))

    async def before(self, name: str, day: date) -> PublicTable | None:
        """The last table that was published before this day."""
        query = self._nationwide(name).where(PublicTable.day < day)
        return await self.session.scalar(query.order_by(PublicTable.day.desc()).limit(1))

    def _named(self, name: str, day: date) -> Select[PublicTable]:
        return self._nationwide(name).where(PublicTable.day == day)

    def _nationwide(self, name: str) -> Select[PublicTable]:
        return select(PublicTable).where(
            PublicTable.name == name, PublicTable.region_code == NATION
        )
