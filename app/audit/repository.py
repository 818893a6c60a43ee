from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import Function

from app.audit.models import JournalCounter, JournalEntry, JournalSequence
from app.core.actors import ActorKind
from app.core.arrays import insert_each
from app.core.database import Json
from app.core.paging import Found, Slice, newest_first
from app.core.places import Placed

# All but the transaction, which the database itself writes.
_COLUMNS = [each.key for each in JournalEntry.__table__.columns if each.server_default is None]
_INSERT = insert(JournalEntry.__table__).values({name: bindparam(name) for name in _COLUMNS})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Times:
    """How often something was done, and the latest moments of it, newest first."""

    count: int
    latest: Sequence[datetime]


class Row(NamedTuple):
    """An entry of many, as it goes to the database."""

    region_id: int
    id: UUID
    at: datetime
    actor_kind: ActorKind
    actor_id: UUID | None
    office_id: UUID | None
    action: str
    subject_id: UUID
    region_code: str
    payload: Mapping[str, str | int | bool]


def _values(entry: JournalEntry) -> Json:
    return {name: getattr(entry, name) for name in _COLUMNS}


class JournalRepository:
    """The journal: it is added to and read, nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, entry: JournalEntry) -> None:
        """Insert it at once: every act does, and the unit of work costs more than the row."""
        await self.session.execute(_INSERT, _values(entry))

    async def add_each(self, rows: Sequence[Row]) -> None:
        await insert_each(self.session, JournalEntry, Row._fields, rows)

    async def about(self, subject: Placed, wanted: Slice) -> Found[JournalEntry]:
        """The history of one thing, newest first."""
        query = select(JournalEntry).where(
            JournalEntry.region_id == subject.region_id, JournalEntry.subject_id == subject.id
        )
        by = (JournalEntry.at, JournalEntry.id)
        return await newest_first(self.session, query, by, wanted)

    async def times(self, subject: Placed, action: str, most: int) -> Times:
        """How often something was done with one thing, and when it was last."""
        query = select(JournalEntry.at, func.count().over()).where(
            JournalEntry.region_id == subject.region_id,
            JournalEntry.subject_id == subject.id,
            JournalEntry.action == action,
        )
        latest = query.order_by(JournalEntry.at.desc(), JournalEntry.id.desc()).limit(most)
        rows = (await self.session.execute(latest)).all()
        return Times(rows[0][1] if rows else 0, [at for at, _ in rows])


@dataclass(frozen=True)
class Horizon:
    """Which transactions can still bring entries: those from `low` on and below `high`.

    All others have ended. What carries a number from `high` on was written in another cluster,
    before a dump was restored here.
    """

    low: int
    high: int

    def is_behind(self, transaction_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        return or_(transaction_id < self.low, transaction_id >= self.high)


class SequenceRepository:
    """The numbers of entries, region by region; `since` is a horizon already dealt with."""

    def __init__(self, session: AsyncSession, since: int) -> None:
        self.session = session
        self.since = since

    async def horizon(self) -> Horizon:
        now = func.pg_current_snapshot()
        bounds = select(_number(func.pg_snapshot_xmin(now)), _number(func.pg_snapshot_xmax(now)))
        return Horizon(*(await self.session.execute(bounds)).one())

    async def regions_waiting(self, horizon: Horizon) -> Sequence[int]:
        """The regions with entries that can be numbered now (fan-out)."""
        query = select(JournalEntry.region_id).where(self._waits(horizon)).distinct()
        return (await self.session.scalars(query)).all()

    async def lock(self, region_id: int) -> JournalCounter:
        """The counter of a region, made where it is missing; one worker at a time holds it."""
        first = insert(JournalCounter).values(region_id=region_id, last=0)
        await self.session.execute(first.on_conflict_do_nothing())
        query = select(JournalCounter).where(JournalCounter.region_id == region_id)
        return (await self.session.scalars(query.with_for_update())).one()

    async def number(self, counter: JournalCounter, horizon: Horizon) -> int:
        """Number what waits in the region of this counter by its ids; return how many."""
        position = func.row_number().over(order_by=JournalEntry.id) + counter.last
        entries = select(literal(counter.region_id), position, JournalEntry.id).where(
            JournalEntry.region_id == counter.region_id, self._waits(horizon)
        )
        columns = ["region_id", "sequence", "entry_id"]
        numbered = insert(JournalSequence).from_select(columns, entries)
        done = await self.session.scalars(numbered.returning(JournalSequence.sequence))
        return len(done.all())

    def _waits(self, horizon: Horizon) -> ColumnElement[bool]:
        numbered = exists().where(
            JournalSequence.region_id == JournalEntry.region_id,
            JournalSequence.entry_id == JournalEntry.id,
        )
        new = JournalEntry.transaction_id >= self.since
        return new & horizon.is_behind(JournalEntry.transaction_id) & ~numbered


def _number(transaction: Function[object]) -> ColumnElement[int]:
    return cast(cast(transaction, Text), BigInteger)
