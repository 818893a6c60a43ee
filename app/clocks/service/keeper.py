"""Keeps the clocks of a subject: other domains start, stop and end them by this one class."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import ClockDue, ClockPause, DeadlineClock
from app.clocks.repository.clocks import ClockRepository
from app.clocks.repository.law import LawRepository
from app.clocks.rules.counting import Due
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule, OnTransfer, Step, StopReason
from app.clocks.rules.running import (
    Cause,
    Course,
    Desk,
    Explained,
    Outcome,
    check_extension,
    check_not_lapsed,
    check_resumption,
    check_runs_on,
    check_stop,
    outcome_at,
    outcome_given_up,
)
from app.clocks.service.reading import closed_pauses, counted, course_of, rule_of, state_of
from app.core.actors import Actor
from app.core.ids import new_id
from app.core.places import Placed
from app.elections.rules import Regime


class ClockKeeper:
    """The clocks of subjects that the caller has read and may change.

    The caller journals his act; `clock_due` is the history of the dates.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.clocks = ClockRepository(session)
        self.laws = LawRepository(session)
        self.actor = actor
        self.now = now

    async def start(
        self, subject: Placed, step: Step, regime: Regime, at: datetime, desk: Desk
    ) -> DeadlineClock | None:
        """Start a clock by the rule in force on the day of the start, in the zone of the desk;
        None where the law as we hold it sets no limit."""
        rows = await self.made(subject, step, regime, at, desk)
        if rows is None:
            return None
        for row in rows:
            self.clocks.add(row)
        return rows[0]

    async def made(
        self, subject: Placed, step: Step, regime: Regime, at: datetime, desk: Desk
    ) -> tuple[DeadlineClock, ClockDue] | None:
        """The rows of a clock that starts, for whoever writes them with rows of his own."""
        law = await self.laws.law()
        rule = law.rule_for(step, regime, at.astimezone(ZoneInfo(desk.time_zone)).date())
        if rule is None:
            return None
        course = Course(rule.code, at, desk.time_zone, subject.region_code)
        due = law.count(rule, course)
        clock = _clock(subject, desk, rule, course, due)
        return clock, self._noted(clock, due, Cause.STARTED)

    async def stop(self, clock: DeadlineClock, reason: StopReason) -> None:
        """Stop it, where its rule allows that for this reason; it is due no more until resumed."""
        await self.clocks.lock(clock)
        rule = rule_of(await self._law(clock), clock)
        check_stop(rule, state_of(clock), reason)
        clock.stopped_at = self.now
        self.clocks.add(ClockPause(clock_id=clock.id, since=self.now, reason=reason))

    async def resume(self, clock: DeadlineClock) -> None:
        """Let it go on; the time that it stood still is added."""
        await self.clocks.lock(clock)
        check_resumption(state_of(clock))
        await self._end_pause(clock, self.now)
        await self._count(clock, Cause.RESUMED)

    async def extend(self, clock: DeadlineClock, sealed_reason: bytes | None) -> None:
        """Extend it, once; the reason is sealed under the id of the clock."""
        await self.clocks.lock(clock)
        check_extension(rule_of(await self._law(clock), clock), state_of(clock))
        check_not_lapsed(self.now, clock.stopped_at, clock.due_at)
        clock.extended_at = self.now
        clock.sealed_extension_reason = sealed_reason
        await self._count(clock, Cause.EXTENDED)

    async def end(self, clock: DeadlineClock, at: datetime | None = None) -> None:
        """The step was done: met, or missed where it was due by then."""
        await self.clocks.lock(clock)
        done_at = at or self.now
        await self._close(clock, done_at, outcome_at(done_at, clock.stopped_at, clock.due_at))

    async def cancel(self, clock: DeadlineClock) -> None:
        """The step need not be done any more; what was due by then stays missed."""
        await self.clocks.lock(clock)
        await self._give_up(clock)

    async def hand_over(self, from_id: UUID, to: Placed, desk: Desk) -> None:
        """Give all open clocks of a subject to `to` (which may be the same) and to this desk.

        By its rule, a clock goes on, with its days in the zone of the new desk, or starts anew, and
        stands still if it stood still; at the same desk (a report becomes a case) each goes on.
        """
        for clock in await self.open_of(from_id):
            await self.clocks.lock(clock)
            rule = rule_of(await self._law(clock), clock)
            is_elsewhere = clock.office_id != desk.office_id
            if is_elsewhere and rule.on_transfer is OnTransfer.RESTART:
                await self._start_anew(clock, to, desk)
            else:
                await self._move(clock, to, desk)

    async def open_of(self, subject_id: UUID, step: Step | None = None) -> Sequence[DeadlineClock]:
        """The clocks that have not ended, of one step or of all, first due first."""
        return await self.clocks.open_of(subject_id, step)

    async def all_of(self, subject_id: UUID) -> Sequence[DeadlineClock]:
        """Every clock that a subject ever had, each with its `history` of due dates."""
        return await self.clocks.all_of(subject_id)

    async def next_due(self, subject_id: UUID) -> DeadlineClock | None:
        """The clock that is due first of those that run."""
        return await self.clocks.next_due(subject_id)

    async def explain(self, clock: DeadlineClock) -> Explained:
        """Count every due date again by the rule, the calendar and the zone of its time."""
        await self.clocks.flush()
        law = await self._law(clock)
        dues = await self.clocks.dues(clock.id)
        pauses = await self.clocks.pauses(clock.id)
        told = [counted(law, clock, each, pauses) for each in dues]
        return Explained(told[-1], tuple(told[:-1]))

    async def _start_anew(self, clock: DeadlineClock, to: Placed, desk: Desk) -> None:
        pauses = await self.clocks.pauses(clock.id)
        present = [each.reason for each in pauses if each.until is None]
        await self._give_up(clock)
        # Of one step only one may be open when the next is inserted.
        await self.clocks.flush()
        # What comes at the weekend counts as received on Monday, at the new desk as well.
        at = max(self.now, clock.started_at)
        new = await self.start(to, clock.step, clock.regime, at, desk)
        await self.clocks.flush()
        if new is not None and present:
            new.stopped_at = self.now
            self.clocks.add(ClockPause(clock_id=new.id, since=self.now, reason=present[0]))

    async def _move(self, clock: DeadlineClock, to: Placed, desk: Desk) -> None:
        same_place = (clock.office_id, clock.region_code) == (desk.office_id, to.region_code)
        clock.subject_id = to.id
        clock.region_id = to.region_id
        clock.region_code = to.region_code
        clock.office_id = desk.office_id
        clock.time_zone = desk.time_zone
        if not same_place:
            await self._count(clock, Cause.MOVED)
        await self.clocks.hand_reminders(clock)

    async def _give_up(self, clock: DeadlineClock) -> None:
        await self._close(
            clock, self.now, outcome_given_up(self.now, clock.stopped_at, clock.due_at)
        )

    async def _close(self, clock: DeadlineClock, at: datetime, outcome: Outcome) -> None:
        check_runs_on(state_of(clock))
        if clock.stopped_at is not None:
            await self._end_pause(clock, at)
        clock.ended_at = at
        clock.outcome = outcome

    async def _end_pause(self, clock: DeadlineClock, at: datetime) -> None:
        for pause in await self.clocks.pauses(clock.id):
            pause.until = pause.until or max(at, pause.since)
        clock.stopped_at = None

    async def _count(self, clock: DeadlineClock, cause: Cause) -> None:
        """Count it anew under the law of now, and keep what it was due before."""
        law = await self._law(clock)
        pauses = await self.clocks.pauses(clock.id)
        course = course_of(clock, closed_pauses(pauses))
        rule = law.in_force_for(course, clock.rule_version)
        due = law.count(rule, course)
        clock.rule_version = rule.version
        clock.revision = law.revision
        clock.due_at, clock.due_on = due.due_at, due.due_on
        self.clocks.add(self._noted(clock, due, cause))

    async def _law(self, clock: DeadlineClock) -> Law:
        """Not older than the revision under which the clock was counted last."""
        law = await self.laws.law()
        return law if law.revision >= clock.revision else await self.laws.read()

    def _noted(self, clock: DeadlineClock, due: Due, cause: Cause) -> ClockDue:
        return ClockDue(
            clock_id=clock.id,
            at=self.now,
            due_at=due.due_at,
            due_on=due.due_on,
            rule_version=due.trace.version,
            calendar_revision=due.trace.calendar_revision,
            cause=cause,
            started_at=clock.started_at,
            time_zone=clock.time_zone,
            region_code=clock.region_code,
            extended=clock.extended_at is not None,
        )


def _clock(
    subject: Placed, desk: Desk, rule: DeadlineRule, course: Course, due: Due
) -> DeadlineClock:
    return DeadlineClock(
        id=new_id(),
        subject_id=subject.id,
        region_id=subject.region_id,
        region_code=subject.region_code,
        office_id=desk.office_id,
        time_zone=desk.time_zone,
        regime=rule.regime,
        step=rule.step,
        rule_code=rule.code,
        rule_version=rule.version,
        started_at=course.started_at,
        due_at=due.due_at,
        due_on=due.due_on,
        revision=due.trace.calendar_revision,
    )
