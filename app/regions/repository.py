import re
from collections.abc import Sequence

from sqlalchemy import ARRAY, Select, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Found, count, cursor_after, place_of
from app.core.places import REGION_CODE
from app.core.reference import Progress
from app.core.texts import Text
from app.regions.files import RegionRow
from app.regions.models import Region
from app.regions.rules import Level, comparable
from app.regions.schemas import RegionFilter

UNKNOWN = Text("Wilayah dengan kode itu tidak ada.", "There is no region with this code.")
_BATCH = 10_000


class RegionRepository:
    """The official list of regions, which everybody may read."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, code: str) -> Region:
        region = await self.session.get(Region, code)
        if region is None:
            raise NotFound(UNKNOWN)
        return region

    async def named(self, codes: Sequence[str]) -> Sequence[Region]:
        query = select(Region).where(Region.code.in_(codes)).order_by(Region.code)
        return (await self.session.scalars(query)).all()

    async def find(self, wanted: RegionFilter) -> Found[Region]:
        query = select(Region).where(Region.valid_to.is_(None))
        if wanted.level is not None:
            query = query.where(Region.level == wanted.level)
        if wanted.parent is not None:
            query = query.where(Region.parent_code == wanted.parent)
        if wanted.q is not None:
            # Nothing to escape: a comparable name has letters and digits only.
            query = query.where(Region.search_name.like(f"%{comparable(wanted.q)}%"))
        return await self._page(query, wanted)

    async def regencies_in(self, area: str) -> Sequence[tuple[str, str]]:
        """Codes and names of today's regencies and cities of an area; empty is the country."""
        query = select(Region.code, Region.name).where(
            Region.valid_to.is_(None),
            Region.level.in_((Level.REGENCY, Level.CITY)),
            Region.code.startswith(area, autoescape=True),
        )
        rows = await self.session.execute(query.order_by(Region.code))
        return [(code, name) for code, name in rows]

    async def put(self, rows: Sequence[RegionRow], progress: Progress) -> None:
        """Add or renew these regions; a placement, once assigned, stays as it is."""
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            await self.session.execute(_take_over(batch))
            progress(start + len(batch), len(rows))

    async def _page(self, query: Select[Region], wanted: RegionFilter) -> Found[Region]:
        total = await count(self.session, query) if wanted.count else None
        if wanted.cursor is not None:
            query = query.where(Region.code > place_of(wanted, _code))
        in_order = query.order_by(Region.code).limit(wanted.limit + 1)
        rows = (await self.session.scalars(in_order)).all()
        page = rows[: wanted.limit]
        more = len(rows) > wanted.limit
        return Found(page, cursor_after(wanted, page[-1].code) if more else None, total)


def _take_over(batch: Sequence[RegionRow]) -> Insert:
    """Bring a batch as one array per column.

    Nearly as quick as COPY into a temporary table, which the application's role may not create.
    """
    columns = [Region.__table__.c[name] for name in RegionRow._fields]
    values = [list(each) for each in zip(*batch, strict=True)]
    arrays = [
        literal(each, ARRAY(column.type)) for column, each in zip(columns, values, strict=True)
    ]
    incoming = func.unnest(*arrays).table_valued(*RegionRow._fields, name="incoming")
    statement = insert(Region).from_select(RegionRow._fields, select(incoming.render_derived()))
    renewed = [name for name in RegionRow._fields if name not in ("code", "placement_id")]
    before = tuple_(*(Region.__table__.c[name] for name in renewed))
    after = tuple_(*(statement.excluded[name] for name in renewed))
    return statement.on_conflict_do_update(
        index_elements=[Region.code],
        set_={name: statement.excluded[name] for name in renewed},
        where=before.is_distinct_from(after),
    )


def _code(last: str) -> str:
    if not re.fullmatch(REGION_CODE, last):
        raise ValueError("not the code of a region")
    return last
