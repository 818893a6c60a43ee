from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.models.complaints import LegacyCase
from app.core.database import Base, Json
from app.elections.models import Election
from app.offices.models import Office
from app.offices.rules import OfficeKind, office_code
from app.regions.models import Region
from app.regions.rules import placement_code

# Any number that nobody else takes: one import at a time, so that none doubles another's cases.
_IMPORT: Final = 5_638_007


class ImportRepository:
    """What older cases are held against, and how they are written in one go."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def wait_for_others(self) -> None:
        """Let an import that is under way end first; what it wrote is then to be seen."""
        await self.session.execute(select(func.pg_advisory_xact_lock(_IMPORT)))

    async def placements(self, codes: Collection[str]) -> dict[str, int]:
        query = select(Region.code, Region.placement_id).where(Region.code.in_(codes))
        return dict((await self.session.execute(query)).all())

    async def offices(
        self, region_codes: Collection[str], codes: Collection[str]
    ) -> dict[str, Office]:
        """The offices of Bawaslu that handle these places, and those that are named, by code."""
        handling = {office_code(OfficeKind.BAWASLU, placement_code(c)) for c in region_codes}
        query = select(Office).where(
            Office.code.in_(handling | set(codes)), Office.kind == OfficeKind.BAWASLU
        )
        return {office.code: office for office in await self.session.scalars(query)}

    async def elections(self) -> set[str]:
        return set(await self.session.scalars(select(Election.code)))

    async def known(self, numbers: Collection[tuple[UUID, str]]) -> set[tuple[UUID, str]]:
        """Those of these numbers that their offices have imported before."""
        found: set[tuple[UUID, str]] = set()
        by_office: dict[UUID, list[str]] = defaultdict(list)
        for office_id, key in numbers:
            by_office[office_id].append(key)
        for office_id, keys in by_office.items():
            query = select(LegacyCase.number_key).where(
                LegacyCase.office_id == office_id, LegacyCase.number_key.in_(keys)
            )
            found |= {(office_id, key) for key in await self.session.scalars(query)}
        return found

    async def add(self, rows: Sequence[Base]) -> None:
        """Insert many rows, table by table in the order in which they are given."""
        by_table: dict[type[Base], list[Json]] = defaultdict(list)
        for row in rows:
            by_table[type(row)].append(_values(row))
        for table, values in by_table.items():
            await self.session.execute(insert(table), values)


def _values(row: Base) -> Json:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
