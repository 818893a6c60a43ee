from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Base
from app.core.errors import NotFound
from app.core.texts import Text
from app.elections.files import AreaRow, ElectionRow, StageRow
from app.elections.models import Election, ElectionArea, ElectionStage
from app.elections.rules import ElectedOffice

UNKNOWN = Text("Pemilihan dengan kode itu tidak ada.", "There is no election with this code.")


class ElectionRepository:
    """The elections, their areas and their calendars, which everybody may read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, code: str) -> Election:
        election = await self.session.get(Election, code)
        if election is None:
            raise NotFound(UNKNOWN)
        return election

    async def find(self) -> Sequence[Election]:
        query = select(Election).order_by(Election.voting_on.desc(), Election.code)
        return (await self.session.scalars(query)).all()

    async def area_codes(self, code: str) -> Sequence[str]:
        query = select(ElectionArea.region_code).where(ElectionArea.election_code == code)
        return (await self.session.scalars(query)).all()

    async def areas(self, code: str) -> list[tuple[str, ElectedOffice]]:
        query = select(ElectionArea.region_code, ElectionArea.office)
        rows = await self.session.execute(query.where(ElectionArea.election_code == code))
        return [(region_code, office) for region_code, office in rows]

    async def count_areas(self, code: str) -> dict[ElectedOffice, int]:
        query = select(ElectionArea.office, func.count()).group_by(ElectionArea.office)
        rows = await self.session.execute(query.where(ElectionArea.election_code == code))
        return {office: number for office, number in rows}

    async def schedule(self, code: str) -> Sequence[ElectionStage]:
        query = select(ElectionStage).where(ElectionStage.election_code == code)
        return (await self.session.scalars(query)).all()

    async def put_elections(self, rows: Sequence[ElectionRow]) -> None:
        statement = insert(Election)
        renewed = {name: statement.excluded[name] for name in ElectionRow._fields if name != "code"}
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=[Election.code], set_=renewed),
            [row._asdict() for row in rows],
        )

    async def replace_areas(self, rows: Sequence[AreaRow]) -> None:
        await self._replace(ElectionArea, rows)

    async def replace_stages(self, rows: Sequence[StageRow]) -> None:
        await self._replace(ElectionStage, rows)

    async def _replace(self, kind: type[Base], rows: Sequence[AreaRow | StageRow]) -> None:
        """Put the new rows for the old: a date taken out of the file must not stay in force."""
        await self.session.execute(delete(kind))
        await self.session.execute(insert(kind), [row._asdict() for row in rows])
