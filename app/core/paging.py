"""Lists are read in pages, in one order, by a cursor that survives inserts."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, and_, func, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import Fault, Invalid
from app.core.texts import Text

T = TypeVar("T")
K = TypeVar("K")

WRONG_CURSOR = Fault(
    "/cursor",
    "wrong-cursor",
    Text(
        "Kursor ini bukan milik daftar dan saringan ini.",
        "This cursor does not belong to this list and these filters.",
    ),
)


class Slice(BaseModel):
    """Which part of a list the reader wants; every list filter extends it."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=200, description="Items in a page.")
    cursor: str | None = Field(None, max_length=200, description="`next_cursor` of the last page.")
    count: Literal["exact"] | None = Field(None, description="`exact` adds the total.")

    def fingerprint(self) -> str:
        """Identifies list and filters, so that a cursor is refused where it does not belong."""
        asked = self.model_dump_json(exclude={"limit", "cursor", "count"})
        return hashlib.sha256(f"{type(self).__name__}{asked}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Found(Generic[T]):
    """One page of rows, where the next begins, and how many there are in all (if asked)."""

    items: Sequence[T]
    next_cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class Order(Generic[K]):
    """By a column and, where rows are equal in it, by id; `read` takes the column off a cursor.

    A column that may be empty is read ascending: then the empty come last, as an index has them.
    """

    by: InstrumentedAttribute[K]
    id: InstrumentedAttribute[UUID]
    read: Callable[[str], K]
    descending: bool = False
    may_be_empty: bool = False

    def on(self, query: Select[T]) -> Select[T]:
        columns = (self.by, self.id)
        return query.order_by(*(each.desc() if self.descending else each for each in columns))

    def after(self, value: K, id: UUID) -> ColumnElement[bool]:
        if value is None:
            return and_(self.by.is_(None), self.id > id)
        here, place = tuple_(self.by, self.id), (value, id)
        return here < place if self.descending else here > place

    def place(self, value: str | None, id: str) -> tuple[K, UUID]:
        """Read it out of a cursor; whatever cannot be a place in this order is a fault."""
        if value is None and not self.may_be_empty:
            raise ValueError("a place without its value")
        return cast(K, None) if value is None else self.read(value), UUID(hex=id)


async def newest_first(
    session: AsyncSession,
    query: Select[T],
    by: tuple[InstrumentedAttribute[datetime], InstrumentedAttribute[UUID]],
    wanted: Slice,
) -> Found[T]:
    """Read one page of a query by (moment, id), both descending."""
    return await page_of(session, query, Order(*by, moment, descending=True), wanted)


async def page_of(
    session: AsyncSession, query: Select[T], order: Order[Any], wanted: Slice
) -> Found[T]:
    """Read one page of a query in this order, and say where the next begins."""
    total = await count(session, query) if wanted.count else None
    rows = await _read(session, query, order, wanted)
    page = rows[: wanted.limit]
    more = len(rows) > wanted.limit
    return Found(page, _after(wanted, page[-1], order) if more else None, total)


async def _read(
    session: AsyncSession, query: Select[T], order: Order[Any], wanted: Slice
) -> Sequence[T]:
    """One row more than the page, to see whether it goes on."""
    most = wanted.limit + 1
    value, id = place_of(wanted, order.place) if wanted.cursor else (None, None)
    rest = query if id is None else query.where(order.after(value, id))
    if not order.may_be_empty or (id is not None and value is None):
        return (await session.scalars(order.on(rest).limit(most))).all()
    # One after the other: a condition for both would walk the index from its beginning, and an
    # index of what is not empty could not be used at all.
    present = order.on(rest.where(order.by.is_not(None))).limit(most)
    rows = (await session.scalars(present)).all()
    if len(rows) < most:
        empty = order.on(query.where(order.by.is_(None))).limit(most - len(rows))
        rows = [*rows, *(await session.scalars(empty)).all()]
    return rows


def _after(wanted: Slice, row: object, order: Order[Any]) -> str:
    value, id = getattr(row, order.by.key), getattr(row, order.id.key)
    return cursor_after(wanted, value.isoformat() if value else None, id.hex)


async def count(session: AsyncSession, query: Select[Any]) -> int:
    """How many rows it finds; also of a query without a condition, which alone names its table."""
    counted = query.with_only_columns(func.count(), maintain_column_froms=True)
    return await session.scalar(counted) or 0


def cursor_after(wanted: Slice, *place: str | None) -> str:
    """The cursor of a list that goes on behind this place in its order."""
    plain = json.dumps([wanted.fingerprint(), *place])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def place_of(wanted: Slice, read: Callable[..., T]) -> T:
    """Read the place out of a cursor; refuse one of another list, of other filters, or broken."""
    try:
        fingerprint, *place = json.loads(base64.urlsafe_b64decode(f"{wanted.cursor}=="))
        found = read(*place)
    except (ValueError, TypeError, AttributeError, RecursionError) as broken:
        raise Invalid(WRONG_CURSOR) from broken
    if fingerprint != wanted.fingerprint():
        raise Invalid(WRONG_CURSOR)
    return found


def moment(written: str) -> datetime:
    read = datetime.fromisoformat(written)
    if read.tzinfo is None:
        raise ValueError("a moment without its zone")
    return read
