"""Every due date that a clock has or had can be told again, with its reasons."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.running import Cause
from tests.clocks.running import Thing, desk, keeper, started

# 1 October 2024 is a Tuesday.
TUESDAY = datetime(2024, 10, 1, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = timedelta(days=1)
WAITING = StopReason.WAITING_FOR_REPORTER


async def test_every_due_date_that_a_clock_had_can_be_explained(session: AsyncSession) -> None:
    subject = Thing()
    clock = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)
    await keeper(session, TUESDAY + DAY).stop(clock, WAITING)
    await keeper(session, TUESDAY + 4 * DAY).resume(clock)

    told = await keeper(session, TUESDAY + 5 * DAY).explain(clock)
    [read] = await keeper(session, TUESDAY).all_of(subject.id)

    assert [each.cause for each in (*told.older, told.present)] == [Cause.STARTED, Cause.RESUMED]
    assert [each.due.due_on.day for each in (*told.older, told.present)] == [3, 6]
    assert told.present.due.due_at == clock.due_at
    assert [line.mark for line in told.present.due.trace.lines] == [
        "start_day",
        "stopped",
        "stopped",
        "stopped",
        "counted",
        "counted",
    ]
    assert [each.due_on.day for each in read.history] == [3, 6]


async def test_a_clock_that_moved_to_the_east_is_told_in_both_zones(session: AsyncSession) -> None:
    late = datetime(2024, 10, 1, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    here, there = Thing(), Thing(region_code="91.01")
    clock = await started(session, Step.HANDLING, late, subject=here)
    await keeper(session, late + DAY).hand_over(here.id, there, desk("WIT"))

    told = await keeper(session, late + DAY).explain(clock)

    [before] = told.older
    assert (before.due.trace.zone, before.due.due_on.day) == ("Asia/Jakarta", 4)
    assert (told.present.due.trace.zone, told.present.due.due_on.day) == ("Asia/Jayapura", 5)
    assert told.present.cause is Cause.MOVED


async def test_what_was_due_before_the_extension_is_told_without_it(session: AsyncSession) -> None:
    clock = await started(session, Step.HANDLING, TUESDAY)
    await keeper(session, TUESDAY + DAY).extend(clock, None)

    told = await keeper(session, TUESDAY + DAY).explain(clock)

    [before] = told.older
    assert [each.due.due_on.day for each in (before, told.present)] == [4, 6]
    assert len(before.due.trace.lines) == 4
