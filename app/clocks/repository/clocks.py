"""The clocks that run on subjects, and every due date that they had."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, case, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.clocks.models import ClockDue, ClockPause, ClockReminder, DeadlineClock
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Cause


class ClockRepository:
    """Clocks by their subject. Who may see the subject may see its clocks, so the caller comes
    with a subject that was read through its own domain's eyes."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def add(self, row: DeadlineClock | ClockPause | ClockDue) -> None:
        self.session.add(row)

    async def lock(self, clock: DeadlineClock) -> None:
        """Read it again, for the change that follows; a recount may have moved it meanwhile.

        While a recount holds it nobody waits (503, try again): who acts holds his case, which the
        recount will want at its end, and each would wait for the other.
        """
        # Refreshing throws away what was not yet written.
        await self.session.flush()
        await self.session.refresh(clock, with_for_update={"nowait": True, "key_share": True})

    async def open_of(self, subject_id: UUID, step: Step | None) -> Sequence[DeadlineClock]:
        """First due first."""
        query = select(DeadlineClock).where(
            DeadlineClock.subject_id == subject_id, DeadlineClock.ended_at.is_(None)
        )
        if step is not None:
            query = query.where(DeadlineClock.step == step)
        ordered = query.order_by(DeadlineClock.due_at, DeadlineClock.id)
        return (await self.session.scalars(ordered)).all()

    async def next_due(self, subject_id: UUID) -> DeadlineClock | None:
        query = select(DeadlineClock).where(
            DeadlineClock.subject_id == subject_id,
            DeadlineClock.ended_at.is_(None),
            DeadlineClock.stopped_at.is_(None),
        )
        ordered = query.order_by(DeadlineClock.due_at, DeadlineClock.id)
        return await self.session.scalar(ordered.limit(1))

    async def all_of(self, subject_id: UUID) -> Sequence[DeadlineClock]:
        """Every clock of a subject with its history, in the order of their starts."""
        query = select(DeadlineClock).where(DeadlineClock.subject_id == subject_id)
        whole = query.options(selectinload(DeadlineClock.history))
        ordered = whole.order_by(DeadlineClock.started_at, DeadlineClock.id)
        return (await self.session.scalars(ordered)).all()

    async def dues(self, clock_id: UUID) -> Sequence[ClockDue]:
        """Every due date of a clock, oldest first."""
        query = select(ClockDue).where(ClockDue.clock_id == clock_id)
        return (await self.session.scalars(query.order_by(ClockDue.at, ClockDue.id))).all()

    async def pauses(self, clock_id: UUID) -> Sequence[ClockPause]:
        query = select(ClockPause).where(ClockPause.clock_id == clock_id)
        return (await self.session.scalars(query.order_by(ClockPause.since))).all()

    async def hand_reminders(self, clock: DeadlineClock) -> None:
        """What was said of a clock goes with it: its new desk has not read what is still due."""
        is_present = ClockReminder.due_at == clock.due_at
        handed = update(ClockReminder).where(ClockReminder.clock_id == clock.id)
        await self.session.execute(
            handed.values(
                subject_id=clock.subject_id,
                region_id=clock.region_id,
                region_code=clock.region_code,
                office_id=clock.office_id,
                read_at=case((is_present, None), else_=ClockReminder.read_at),
            )
        )

    async def flush(self) -> None:
        await self.session.flush()

    @staticmethod
    def moved_by(revision: int) -> Select[UUID]:
        """The subjects whose clocks a revision moved, for the set-based UPDATE of a listener to
        `clocks.recounted`: its payload names the revision, and each subject's next due date is
        then the least `due_at` of its clocks that are open and not stopped."""
        return (
            select(DeadlineClock.subject_id)
            .join(ClockDue, ClockDue.clock_id == DeadlineClock.id)
            .where(ClockDue.calendar_revision == revision, ClockDue.cause == Cause.RECOUNTED)
            .distinct()
        )
