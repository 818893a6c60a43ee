from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

from app.circulars.models import Circular, CircularAddressee
from app.core.arrays import bound, given
from app.core.ids import new_id
from app.core.models import Grant
from app.posts.rules.categories import PostCategory
from app.posts.rules.titles import TITLES
from app.posts.service import Seat

# As a table: of its class the toolkit takes what is bound for rows of its own.
_TABLE: Final = cast(Table, CircularAddressee.__table__)
_ONCE: Final = ("circular_id", "office_key")
_GIVEN: Final[dict[str, TypeEngine[Any]]] = {
    "id": Uuid(),
    "region_id": Integer(),
    "region_code": Text(),
    "office_id": Uuid(),
    "office_name": Text(),
    "post": Text(),
    "office_key": Text(),
    "named_under": Uuid(),
}


@dataclass(frozen=True)
class Dispatch:
    """What all offices addressed in one act have in common; `bound` is the office whose limit of
    names they count against, none of what the issuer addresses."""

    circular_id: UUID
    parent_id: UUID | None
    ancestors: Sequence[UUID]
    bound: CircularAddressee | None
    depth: int
    at: datetime
    owed: int
    next_due_on: date | None


class DispatchRepository:
    """Addresses offices, thousands in one statement."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.now = now

    async def bound_of(self, parent: CircularAddressee) -> CircularAddressee:
        """The nearest office upwards that was not merely named in forwarding; held, so that those
        who go back to it count one after another."""
        if parent.named_under is None:
            return parent
        query = select(CircularAddressee).where(CircularAddressee.id == parent.named_under)
        return (await self.session.scalars(query.with_for_update())).one()

    async def count_named(self, bound: CircularAddressee) -> int:
        query = select(func.count()).where(CircularAddressee.named_under == bound.id)
        return await self.session.scalar(query) or 0

    async def put(self, dispatch: Dispatch, category: PostCategory, seats: Sequence[Seat]) -> int:
        """Address these; return how many were not addressed before by this circular."""
        if not seats:
            return 0
        # In one order, whoever names them: two at once would wait for each other.
        seats = sorted(seats, key=lambda each: each.office_key)
        under = dispatch.bound.id if dispatch.bound and category not in TITLES else None
        columns: dict[str, Sequence[object]] = {
            **dict(zip(Seat._fields, zip(*seats, strict=True), strict=True)),
            "id": [new_id() for _ in seats],
            "named_under": [None if each.office_id else under for each in seats],
        }
        result = await self.session.scalars(_statement(dispatch, category), bound("row", **columns))
        return len(result.all())

    async def show_to(self, offices: Collection[UUID], circular: Circular) -> None:
        """Let the officers of these offices see the circular, once each."""
        query = select(Grant.office_id).where(Grant.subject_id == circular.id)
        seen = set(await self.session.scalars(query))
        for office_id in sorted(set(offices) - seen):
            self.session.add(Grant(subject_id=circular.id, office_id=office_id, since=self.now))


def _statement(dispatch: Dispatch, category: PostCategory) -> ReturningInsert[UUID]:
    """One array for each column; offices that this circular has reached already stay out."""
    rows = given("row", **_GIVEN).c
    columns = _TABLE.c
    said: dict[str, ColumnElement[Any]] = {
        "circular_id": literal(dispatch.circular_id, Uuid()),
        "parent_id": literal(dispatch.parent_id, Uuid()),
        "ancestors": literal(list(dispatch.ancestors), ARRAY(Uuid())),
        "depth": literal(dispatch.depth, Integer()),
        "category": literal(category, columns.category.type),
        "addressed_at": literal(dispatch.at, columns.addressed_at.type),
        "owed": literal(dispatch.owed, Integer()),
        "next_due_on": literal(dispatch.next_due_on, Date()),
    }
    names = [*_GIVEN, *said]
    values = [*(rows[name] for name in _GIVEN), *said.values()]
    statement = insert(_TABLE).from_select(names, select(*values))
    return statement.on_conflict_do_nothing(index_elements=_ONCE).returning(columns.id)
