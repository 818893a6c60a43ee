from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Table, Text, Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from app.circulars.models import Circular, CircularAddressee
from app.circulars.rules.addressees import AddresseeCategory
from app.core.arrays import bound, given
from app.core.models import Grant

# As a table: of its class the toolkit takes what is bound for rows of its own.
_TABLE: Final = cast(Table, CircularAddressee.__table__)
_ONCE: Final = ("circular_id", "region_code", "category", "office_name")


class NewAddressee(NamedTuple):
    """An office to be addressed, as it goes into the table."""

    id: UUID
    region_id: int
    region_code: str
    office_id: UUID | None
    office_name: str
    post: str


@dataclass(frozen=True)
class Dispatch:
    """What all offices addressed in one act have in common."""

    circular_id: UUID
    parent_id: UUID | None
    depth: int
    at: datetime
    owed: int
    next_due_on: date | None


class DispatchRepository:
    """Addresses offices, thousands in one statement."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.now = now

    async def count(self, circular_id: UUID) -> int:
        query = select(func.count()).where(CircularAddressee.circular_id == circular_id)
        return await self.session.scalar(query) or 0

    async def put(
        self, dispatch: Dispatch, category: AddresseeCategory, offices: Sequence[NewAddressee]
    ) -> int:
        """Address these; return how many were not addressed before by this circular."""
        columns = dict(zip(NewAddressee._fields, zip(*offices, strict=True), strict=True))
        result = await self.session.scalars(_statement(dispatch, category), bound("row", **columns))
        return len(result.all())

    async def show_to(self, offices: Collection[UUID], circular: Circular) -> None:
        """Let the officers of these offices see the circular, once each."""
        query = select(Grant.office_id).where(Grant.subject_id == circular.id)
        seen = set(await self.session.scalars(query))
        for office_id in sorted(set(offices) - seen):
            self.session.add(Grant(subject_id=circular.id, office_id=office_id, since=self.now))


def _statement(dispatch: Dispatch, category: AddresseeCategory) -> ReturningInsert[UUID]:
    """One array for each column; offices that this circular has reached already stay out."""
    rows = given(
        "row",
        id=Uuid(),
        region_id=Integer(),
        region_code=Text(),
        office_id=Uuid(),
        office_name=Text(),
        post=Text(),
    ).c
    columns = _TABLE.c
    said: dict[str, ColumnElement[Any]] = {
        "circular_id": literal(dispatch.circular_id, Uuid()),
        "parent_id": literal(dispatch.parent_id, Uuid()),
        "depth": literal(dispatch.depth, Integer()),
        "category": literal(category, columns.category.type),
        "addressed_at": literal(dispatch.at, columns.addressed_at.type),
        "owed": literal(dispatch.owed, Integer()),
        "next_due_on": literal(dispatch.next_due_on, Date()),
    }
    names = [*NewAddressee._fields, *said]
    values = [*(rows[name] for name in NewAddressee._fields), *said.values()]
    statement = insert(_TABLE).from_select(names, select(*values))
    return statement.on_conflict_do_nothing(index_elements=_ONCE).returning(columns.id)
