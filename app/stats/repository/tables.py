from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.stats.models.figures import FigureCell
from app.stats.models.tables import PublicTable
from app.stats.rules.facts import NATIONWIDE
from app.stats.rules.units import Unit


class PublicTableRepository:
    """What was published; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, table: PublicTable) -> bool:
        """Add it; False where the table of this day is there already."""
        return await insert_once(self.session, table)

    async def find(self, name: str, election: str, day: date) -> PublicTable | None:
        return await self.session.scalar(self._of(name, election).where(PublicTable.day == day))

    async def before(self, name: str, election: str, day: date) -> PublicTable | None:
        """The last table that was published before this day."""
        query = self._of(name, election).where(PublicTable.day < day)
        return await self.session.scalar(query.order_by(PublicTable.day.desc()).limit(1))

    async def days(self, until: date) -> dict[tuple[str, str], tuple[date, date]]:
        """The first and the last day of which there are tables, by name and election."""
        table = PublicTable
        query = select(
            table.name, table.election_code, func.min(table.day), func.max(table.day)
        ).where(table.day <= until)
        rows = await self.session.execute(query.group_by(table.name, table.election_code))
        return {(name, election): (first, last) for name, election, first, last in rows}

    async def elections(self, name: str, until: date) -> set[str]:
        """The elections of which this table was published."""
        query = select(PublicTable.election_code).where(
            PublicTable.name == name, PublicTable.day <= until
        )
        return set(await self.session.scalars(query.distinct()))

    async def frozen(self, name: str, until: date) -> dict[date, set[str]]:
        """Of which elections this table was published, by day."""
        query = select(PublicTable.day, PublicTable.election_code).where(
            PublicTable.name == name, PublicTable.day <= until
        )
        found: dict[date, set[str]] = {}
        for day, election in await self.session.execute(query):
            found.setdefault(day, set()).add(election)
        return found

    async def with_entries(self, unit: Unit) -> set[str]:
        """The elections to which things of this unit belong; an empty code is none."""
        # Of signatures there are counts, and no facts.
        cell = FigureCell
        total = cell.by_a == "", cell.by_b == "", cell.area == NATIONWIDE, cell.count != 0
        query = select(cell.election_code).where(cell.unit == unit, *total)
        return set(await self.session.scalars(query.distinct()))

    def _of(self, name: str, election: str) -> Select[PublicTable]:
        return select(PublicTable).where(
            PublicTable.name == name, PublicTable.election_code == election
        )
