"""The figures of prevention by office, put together from the tables of five domains.

Which office a row means says the catalogue of posts (`office_key`), whose key invitations and
addressees keep; tables that know an office by its name are joined by that, in its region.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Found, cursor_after, place_of
from app.core.places import NATION
from app.offices.models import Office
from app.prevention.repository.sources import SOURCES, Measures, Scope, comparable_in
from app.prevention.rules.matrix import CODE_LENGTHS
from app.prevention.schemas.matrix import MatrixFilter, RegionMatrixFilter
from app.regions.rules import Level

# On Citus such a statement asks every shard; on one PostgreSQL it costs the same.
FAN_OUT: Final = {"fan_out": True}


class OfficeFigures(NamedTuple):
    region_code: str
    office_name: str
    office_id: str | None
    parent_id: UUID | None
    measures: Measures


class RegionFigures(NamedTuple):
    region_code: str
    offices: int
    owing: int
    measures: Measures


class MatrixRepository:
    """The figures of the offices that a reader sees."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def office(self, office_id: UUID | None) -> Office | None:
        return await self.session.get(Office, office_id) if office_id is not None else None

    async def offices(self, scope: Scope, wanted: MatrixFilter) -> Found[OfficeFigures]:
        """In the order of regions and names: each region after the one around it."""
        rows = _by_office(scope)
        query: Select[Any] = select(rows, Office.parent_id)
        query = query.outerjoin(Office, cast(Office.id, Text) == rows.c.office_id)
        query = query.where(*_asked(rows, wanted))
        total = await self._count(query) if wanted.count else None
        place = (rows.c.region_code, rows.c.office_name)
        if wanted.cursor is not None:
            query = query.where(tuple_(*place) > tuple_(*place_of(wanted, _names)))
        found = await self._read(query.order_by(*place), wanted.limit)
        items = [
            OfficeFigures(row[0], row[1], row[2], row[-1], Measures(*map(int, row[3:-1])))
            for row in found[: wanted.limit]
        ]
        last = items[-1] if len(found) > wanted.limit else None
        after = (last.region_code, last.office_name) if last else ()
        return Found(items, cursor_after(wanted, *after) if last else None, total)

    async def regions(self, scope: Scope, wanted: RegionMatrixFilter) -> Found[RegionFigures]:
        """Summed up by the regions of a level; what is of an office above them is left out."""
        query = _by_region(_by_office(scope), wanted.level)
        total = await self._count(query) if wanted.count else None
        summed = query.subquery("region")
        rows: Select[Any] = select(summed)
        if wanted.cursor is not None:
            rows = rows.where(summed.c.region_code > place_of(wanted, str))
        found = await self._read(rows.order_by(summed.c.region_code), wanted.limit)
        items = [
            RegionFigures(row[0], row[1], row[2], Measures(*map(int, row[3:])))
            for row in found[: wanted.limit]
        ]
        last = items[-1].region_code if len(found) > wanted.limit else None
        return Found(items, cursor_after(wanted, last) if last else None, total)

    async def _read(self, query: Select[Any], limit: int) -> Sequence[Any]:
        """One row more than that where there are more."""
        rows = await self.session.execute(query.limit(limit + 1), execution_options=FAN_OUT)
        return list(rows)

    async def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.subquery())
        return await self.session.scalar(counted, execution_options=FAN_OUT) or 0


def _by_office(scope: Scope) -> Subquery:
    """Under the key of the catalogue where any table has it for this name in this region."""
    known = union_all(*(source(scope) for source in SOURCES)).subquery("known")
    name = comparable_in(known.c.office_name)
    named = func.max(known.c.office_key).over(partition_by=(known.c.region_code, name))
    key = func.coalesce(known.c.office_key, named, known.c.region_code + " " + name)
    rows = select(known, key.label("same")).subquery("named")
    return (
        select(
            func.max(rows.c.region_code).label("region_code"),
            func.max(rows.c.office_name).label("office_name"),
            func.max(rows.c.office_id).label("office_id"),
            *(func.sum(rows.c[name]).label(name) for name in Measures._fields),
        )
        .group_by(rows.c.same)
        .subquery("office_figures")
    )


def _by_region(rows: Subquery, level: Level) -> Select[Any]:
    length = CODE_LENGTHS[level]
    code = func.left(rows.c.region_code, length)
    return (
        select(
            code.label("region_code"),
            func.count().label("offices"),
            func.count().filter(_is_overdue(rows)).label("owing"),
            *(func.sum(rows.c[name]).label(name) for name in Measures._fields),
        )
        .where(func.length(rows.c.region_code) >= length, rows.c.region_code != NATION)
        .group_by(code)
    )


def _asked(rows: Subquery, wanted: MatrixFilter) -> list[ColumnElement[bool]]:
    said: list[ColumnElement[bool]] = []
    if wanted.level is not None:
        said.append(_is_of_level(rows, wanted.level))
    if wanted.registered is not None:
        said.append(rows.c.office_id.is_not(None) == wanted.registered)
    if wanted.overdue is not None:
        said.append(_is_overdue(rows) == wanted.overdue)
    return said


def _is_of_level(rows: Subquery, level: Level) -> ColumnElement[bool]:
    """A city counts as a regency: both have codes of one length."""
    code = rows.c.region_code
    if level is Level.NATION:
        return code == NATION
    return and_(func.length(code) == CODE_LENGTHS[level], code != NATION)


def _is_overdue(rows: Subquery) -> ColumnElement[bool]:
    return or_(rows.c.circulars_overdue > 0, rows.c.follow_ups_overdue > 0)


def _names(region_code: str, office_name: str) -> tuple[str, str]:
    return str(region_code), str(office_name)
