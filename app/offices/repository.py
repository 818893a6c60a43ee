from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.places import area_of
from app.core.remembered import Remembered
from app.offices.models import Office
from app.offices.rules import OfficeKind, office_code
from app.offices.schemas import OfficeFilter
from app.regions.models import Region
from app.regions.rules import Level, placement_code

_RENEWED: Final = ("name", "level", "parent_id", "time_zone")
_WITH_OFFICE: Final = (Level.NATION, Level.PROVINCE, Level.REGENCY, Level.CITY)


@dataclass(frozen=True)
class Handling:
    """Who handles what happened at a place, in which time zone, and the placement of the place."""

    office_id: UUID
    office_name: str
    time_zone: str
    region_id: int


HANDLING: Final = Remembered[Handling]()
"""Every complaint asks for it: one round trip less of four."""


class OfficeRow(NamedTuple):
    """An office that comes with the regions or with the agencies we ship."""

    id: UUID
    code: str
    kind: OfficeKind
    level: Level
    name: str
    time_zone: str
    region_id: int
    region_code: str
    parent_id: UUID | None


class OfficeRepository:
    """The offices: a directory that everybody with an account may read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, office: Office) -> None:
        self.session.add(office)

    async def get(self, office_id: UUID, *, lock: bool = False) -> Office:
        office = await self.session.get(
            Office, office_id, with_for_update=lock, populate_existing=lock
        )
        if office is None:
            raise NotFound
        return office

    async def named(self, code: str) -> Office | None:
        return await self.session.scalar(select(Office).where(Office.code == code))

    async def bears(self, kind: OfficeKind, own_code: str) -> Office | None:
        """The office of this kind that has this code in its own numbering."""
        query = select(Office).where(Office.kind == kind, Office.own_code == own_code)
        return await self.session.scalar(query)

    async def handling(self, region_code: str) -> Handling | None:
        """The Bawaslu of the regency or city around a place; None where no such place is."""
        return HANDLING.get(region_code) or await self._read_handling(region_code)

    async def _read_handling(self, region_code: str) -> Handling | None:
        code = office_code(OfficeKind.BAWASLU, placement_code(region_code))
        query = select(Office.id, Office.name, Office.time_zone, Region.placement_id)
        query = query.join_from(Region, Office, Office.code == code)
        query = query.where(Region.code == region_code)
        row = (await self.session.execute(query)).one_or_none()
        return HANDLING.keep(region_code, Handling(*row)) if row else None

    async def superior(self, kind: OfficeKind, region_codes: Sequence[str]) -> UUID | None:
        """The office of this kind in the first of these regions that has one."""
        query = select(Office.region_code, Office.id).where(
            Office.kind == kind, Office.region_code.in_(region_codes)
        )
        found = dict((await self.session.execute(query)).all())
        return next((found[code] for code in region_codes if code in found), None)

    async def find(self, wanted: OfficeFilter) -> Found[Office]:
        query = select(Office)
        if wanted.kind is not None:
            query = query.where(Office.kind == wanted.kind)
        if wanted.region is not None:
            query = query.where(Office.region_code.startswith(area_of(wanted.region)))
        if wanted.parent is not None:
            query = query.where(Office.parent_id == wanted.parent)
        return await newest_first(self.session, query, (Office.added_at, Office.id), wanted)

    async def ids(self) -> dict[str, UUID]:
        return dict((await self.session.execute(select(Office.code, Office.id))).all())

    async def put(self, rows: Sequence[OfficeRow]) -> None:
        """Add or renew by code; the id, the placement and what officers entered stay."""
        statement = insert(Office).values(added_at=func.now())
        renewed = {name: statement.excluded[name] for name in _RENEWED}
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=[Office.code], set_=renewed),
            [row._asdict() for row in rows],
        )

    async def region(self, code: str) -> Region | None:
        return await self.session.get(Region, code)

    async def regions_with_office(self) -> Sequence[Region]:
        """The nation, the provinces, the regencies and cities: each after those above it."""
        query = select(Region).where(Region.level.in_(_WITH_OFFICE), Region.valid_to.is_(None))
        return (await self.session.scalars(query.order_by(Region.code))).all()
