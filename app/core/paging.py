"""Lists are read in pages, newest first, by a cursor that survives inserts."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import Fault, Invalid
from app.core.texts import Text

T = TypeVar("T")

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


async def newest_first(
    session: AsyncSession,
    query: Select[T],
    by: tuple[InstrumentedAttribute[datetime], InstrumentedAttribute[UUID]],
    wanted: Slice,
) -> Found[T]:
    """Read one page of a query by (moment, id), both descending."""
    total = await count(session, query) if wanted.count else None
    if wanted.cursor:
        query = query.where(tuple_(*by) < place_of(wanted, _moment_and_id))
    ordered = query.order_by(by[0].desc(), by[1].desc()).limit(wanted.limit + 1)
    rows = (await session.scalars(ordered)).all()
    page = rows[: wanted.limit]
    more = len(rows) > wanted.limit
    return Found(page, _after(wanted, page[-1], by) if more else None, total)


def _after(wanted: Slice, row: object, by: tuple[Any, Any]) -> str:
    at, id = getattr(row, by[0].key), getattr(row, by[1].key)
    return cursor_after(wanted, at.isoformat(), id.hex)


async def count(session: AsyncSession, query: Select[Any]) -> int:
    return await session.scalar(query.with_only_columns(func.count())) or 0


def cursor_after(wanted: Slice, *place: str) -> str:
    """The cursor of a list that goes on behind this place in its order."""
    plain = json.dumps([wanted.fingerprint(), *place])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def place_of(wanted: Slice, read: Callable[..., T]) -> T:
    """Read the place out of a cursor; refuse one of another list, of other filters, or broken."""
    try:
        fingerprint, *place = json.loads(base64.urlsafe_b64decode(f"{wanted.cursor}=="))
        found = read(*place)
    except (ValueError, TypeError, AttributeError) as broken:
        raise Invalid(WRONG_CURSOR) from broken
    if fingerprint != wanted.fingerprint():
        raise Invalid(WRONG_CURSOR)
    return found


def _moment_and_id(at: str, id: str) -> tuple[datetime, UUID]:
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment, UUID(hex=id)
