from typing import Final
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, count, cursor_after, place_of
from app.core.places import area_of
from app.declarations.models.counts import Coverage
from app.declarations.schemas.tallies import CoverageFilter

_PLACE: Final = (Coverage.office, Coverage.region_code, Coverage.region_id)


class OfficeCoverageRepository:
    """The coverage of each office, of declarations that the reader was allowed to open."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, declaration_id: UUID, wanted: CoverageFilter) -> Found[Coverage]:
        """In the order of their names."""
        query = select(Coverage).where(
            Coverage.declaration_id == declaration_id, Coverage.office != ""
        )
        query = query.execution_options(fan_out=True)
        if wanted.region is not None:
            query = query.where(Coverage.region_code.startswith(area_of(wanted.region)))
        total = await count(self.session, query) if wanted.count else None
        if wanted.cursor is not None:
            query = query.where(tuple_(*_PLACE) > tuple_(*place_of(wanted, _place)))
        in_order = query.order_by(*_PLACE).limit(wanted.limit + 1)
        rows = (await self.session.scalars(in_order)).all()
        page = rows[: wanted.limit]
        last = page[-1] if len(rows) > wanted.limit else None
        place = (last.office, last.region_code, str(last.region_id)) if last else ()
        return Found(page, cursor_after(wanted, *place) if last else None, total)


def _place(office: str, region_code: str, region_id: str) -> tuple[str, str, int]:
    return str(office), str(region_code), int(region_id)
