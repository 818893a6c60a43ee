from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from typing import cast as cast_to
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Table,
    Text,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    update,
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

_COUNTER: Final = cast_to(Table, JournalCounter.__table__)


def _number(transaction: Function[object]) -> ColumnElement[int]:
    return cast(cast(transaction, Text), BigInteger)


_NOW: Final = func.pg_current_snapshot()
_LOW: Final = _number(func.pg_snapshot_xmin(_NOW))
_OWN: Final = _number(func.pg_current_xact_id_if_assigned())
HIGH: Final[ColumnElement[int]] = func.greatest(_number(func.pg_snapshot_xmax(_NOW)), _OWN + 1)
"""Of a statement's snapshot: beyond all that it sees of this cluster's transactions, and beyond
the one that asks, which may be newer than all that have ended."""

_CONTROL: Final = func.pg_control_system().table_valued("system_identifier")
CLUSTER: Final = select(cast(_CONTROL.c.system_identifier, BigInteger)).scalar_subquery()
"""The number that a cluster has from birth and shares with its standbys only: the numbers of
transactions mean nothing in another."""


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

    async def about(self, subject: Placed, wanted: Slice, of: Sequence[str]) -> Found[JournalEntry]:
        """The history of one thing, newest first; actions are `thing.verb`."""
        query = select(JournalEntry).where(
            JournalEntry.region_id == subject.region_id, JournalEntry.subject_id == subject.id
        )
        if of:
            named = (JournalEntry.action.startswith(f"{each}.") for each in of)
            query = query.where(or_(*named))
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
        return Horizon(*(await self.session.execute(select(_LOW, HIGH))).one())

    async def regions_waiting(self, horizon: Horizon) -> Sequence[int]:
        """The regions with entries that can be numbered now (fan-out)."""
        query = select(JournalEntry.region_id).where(self._waits(horizon)).distinct()
        return (await self.session.scalars(query)).all()

    async def lock(self, region_id: int) -> int:
        """Hold the counter of a region, made where it is missing; return the last number given."""
        # A country in a rush has 514 of these every few seconds: what costs is the statement.
        first = insert(_COUNTER).values(region_id=region_id, last=0)
        held = first.on_conflict_do_update(
            index_elements=["region_id"], set_={"last": _COUNTER.c.last}
        )
        last: int = (await self.session.scalars(held.returning(_COUNTER.c.last))).one()
        return last

    async def number(self, region_id: int, last: int, horizon: Horizon) -> int:
        """Number by their ids what waits in a region whose counter is held; return how many."""
        position = func.row_number().over(order_by=JournalEntry.id) + last
        entries = select(literal(region_id), position, JournalEntry.id).where(
            JournalEntry.region_id == region_id, self._waits(horizon)
        )
        numbered = (
            insert(JournalSequence)
            .from_select(["region_id", "sequence", "entry_id"], entries)
            .returning(JournalSequence.sequence)
            .cte("numbered")
        )
        number = select(func.count()).select_from(numbered).scalar_subquery()
        moved = update(_COUNTER).where(_COUNTER.c.region_id == region_id)
        newest = await self.session.scalars(
            moved.values(last=last + number).returning(_COUNTER.c.last)
        )
        done: int = newest.one() - last
        return done

    def _waits(self, horizon: Horizon) -> ColumnElement[bool]:
        # Each is looked up on its own: joined, all numbers ever given would be read each time.
        number = (
            select(JournalSequence.sequence)
            .where(
                JournalSequence.region_id == JournalEntry.region_id,
                JournalSequence.entry_id == JournalEntry.id,
            )
            .limit(1)
            .scalar_subquery()
        )
        new = JournalEntry.transaction_id >= self.since
        return new & horizon.is_behind(JournalEntry.transaction_id) & number.is_(None)
