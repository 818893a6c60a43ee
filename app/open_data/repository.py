from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.once import insert_once
from app.core.paging import Found, Slice, newest_first
from app.open_data.models import PublicCorrection
from app.open_data.rules.corrections import CorrectionKind
from app.stats.models.tables import PublicTable


class CorrectionRepository:
    """What was corrected; open to everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, correction: PublicCorrection) -> bool:
        """Add it; False where it is there already."""
        return await insert_once(self.session, correction)

    async def find(self, wanted: Slice) -> Found[PublicCorrection]:
        table = PublicCorrection
        query = select(table).where(table.changed > 0)
        return await newest_first(self.session, query, (table.made_at, table.id), wanted)

    async def looked_through(self, since: date) -> set[tuple[str, str, date]]:
        """The tables, by name, election and day, that were looked through for changed figures."""
        table = PublicCorrection
        query = select(table.name, table.election_code, table.day).where(
            table.kind == CorrectionKind.FIGURE, table.day >= since
        )
        return {(name, election, day) for name, election, day in await self.session.execute(query)}

    async def versions(self, name: str, election: str, until: date) -> Sequence[int]:
        """The versions of the definition in the tables of this day and the one before it."""
        table = PublicTable
        query = (
            select(table.payload["definition_version"].as_integer())
            .where(table.name == name, table.election_code == election, table.day <= until)
            .order_by(table.day.desc())
            .limit(2)
        )
        return (await self.session.scalars(query)).all()
