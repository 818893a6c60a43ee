"""Reads and moves many open clocks at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Select,
    TableValuedAlias,
    Uuid,
    column,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import ClockDue, ClockMove, ClockPause, DeadlineClock
from app.clocks.rules.counting import Pause
from app.clocks.rules.recounting import Move, OpenClock
from app.clocks.rules.running import Cause
from app.core.ids import new_id

CHUNK: Final = 5_000
_MOMENT: Final = DateTime(timezone=True)
_START: Final = (-1, UUID(int=0))


class RecountRepository:
    """All open clocks, whoever may see them: the law moves them all."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def next_open(
        self, after: OpenClock | None, *, before: int | None = None
    ) -> Sequence[OpenClock]:
        """The next of the open clocks; with `before`, those counted under an older revision only,
        locked for their change."""
        clock = DeadlineClock
        place = (after.revision, after.id) if after else _START
        query = select(
            clock.id,
            clock.revision,
            clock.rule_code,
            clock.rule_version,
            clock.started_at,
            clock.time_zone,
            clock.region_code,
            clock.extended_at.is_not(None),
            clock.due_at,
            clock.due_on,
            clock.step,
        ).where(clock.ended_at.is_(None), tuple_(clock.revision, clock.id) > place)
        if before is not None:
            query = query.where(clock.revision < before).with_for_update(key_share=True)
        rows = await self.session.execute(query.order_by(clock.revision, clock.id).limit(CHUNK))
        return [OpenClock(*row) for row in rows]

    async def pauses(self, clocks: Sequence[OpenClock]) -> Mapping[UUID, tuple[Pause, ...]]:
        """When they stood still, of those that did."""
        query = select(ClockPause.clock_id, ClockPause.since, ClockPause.until).where(
            ClockPause.clock_id == func.any(_array([each.id for each in clocks], Uuid()))
        )
        found: defaultdict[UUID, tuple[Pause, ...]] = defaultdict(tuple)
        for clock_id, since, until in await self.session.execute(query):
            if until is not None:
                found[clock_id] += (Pause(since, until),)
        return found

    async def move(self, moves: Sequence[Move], revision: int, at: datetime) -> None:
        """Give the clocks their new dates, and keep each in the history."""
        if not moves:
            return
        new, clock = _table(moves), DeadlineClock
        moved = update(clock).where(clock.id == new.c.clock_id)
        await self._do(
            moved.values(
                due_at=new.c.due_at,
                due_on=new.c.due_on,
                rule_version=new.c.rule_version,
                revision=revision,
            )
        )
        await self._do(insert(ClockDue).from_select(_DUE, _history(new, revision, at)))

    async def keep(self, clocks: Sequence[OpenClock], revision: int) -> None:
        """They were counted under this revision, and stay where they are."""
        ids = _array([each.id for each in clocks], Uuid())
        kept = update(DeadlineClock).where(
            DeadlineClock.id == func.any(ids), DeadlineClock.revision < revision
        )
        await self._do(kept.values(revision=revision))

    async def note(self, moves: Sequence[Move], preview_id: UUID) -> None:
        """Keep what a proposal would move."""
        if not moves:
            return
        new, clock = _table(moves), DeadlineClock
        noted = select(
            new.c.id,
            literal(preview_id, Uuid()),
            clock.id,
            clock.subject_id,
            clock.region_id,
            clock.region_code,
            clock.office_id,
            clock.step,
            clock.due_at,
            clock.due_on,
            new.c.due_at,
            new.c.due_on,
        ).join(new, new.c.clock_id == clock.id)
        await self._do(insert(ClockMove).from_select(_MOVE, noted))

    async def _do(self, statement: Any) -> None:
        await self.session.execute(statement, execution_options={"synchronize_session": False})


def _history(new: TableValuedAlias, revision: int, at: datetime) -> Select[Any]:
    """The columns of `_DUE` for each clock that was moved."""
    clock = DeadlineClock
    return select(
        new.c.id,
        clock.id,
        literal(at, _MOMENT),
        new.c.due_at,
        new.c.due_on,
        new.c.rule_version,
        literal(revision),
        literal(Cause.RECOUNTED, ClockDue.cause.type),
        clock.started_at,
        clock.time_zone,
        clock.region_code,
        clock.extended_at.is_not(None),
    ).join(new, new.c.clock_id == clock.id)


_DUE: Final = [
    "id",
    "clock_id",
    "at",
    "due_at",
    "due_on",
    "rule_version",
    "calendar_revision",
    "cause",
    "started_at",
    "time_zone",
    "region_code",
    "extended",
]
_MOVE: Final = [
    "id",
    "preview_id",
    "clock_id",
    "subject_id",
    "region_id",
    "region_code",
    "office_id",
    "step",
    "due_at",
    "due_on",
    "new_due_at",
    "new_due_on",
]


def _table(moves: Sequence[Move]) -> TableValuedAlias:
    """The new dates as a table, each row with an id for whatever is written of it."""
    return (
        func.unnest(
            _array([new_id() for _ in moves], Uuid()),
            _array([each.clock.id for each in moves], Uuid()),
            _array([each.due.due_at for each in moves], _MOMENT),
            _array([each.due.due_on for each in moves], Date()),
            _array([each.due.trace.version for each in moves], Integer()),
        )
        .table_valued(
            column("id", Uuid()),
            column("clock_id", Uuid()),
            column("due_at", _MOMENT),
            column("due_on", Date()),
            column("rule_version", Integer()),
        )
        .render_derived(name="new")
    )


def _array(values: Sequence[Any], kind: Any) -> Any:
    return literal(list(values), ARRAY(kind))
