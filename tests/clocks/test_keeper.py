"""Clocks that run on a subject: stopped, resumed, extended once, handed over, ended."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.clocks.models import StoredRule
from app.clocks.repository.law import LAW
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.running import (
    AlreadyExtended,
    AlreadyStopped,
    ClockEnded,
    NotExtendable,
    NotStoppable,
    NotStopped,
    Outcome,
)
from app.elections.rules import Regime
from tests.clocks.running import Thing, desk, keeper, started

WIB = ZoneInfo("Asia/Jakarta")
# 1 October 2024 is a Tuesday.
TUESDAY = datetime(2024, 10, 1, 10, tzinfo=WIB)
DAY = timedelta(days=1)
WAITING = StopReason.WAITING_FOR_REPORTER


async def test_a_clock_knows_its_desk_and_when_it_is_due(session: AsyncSession) -> None:
    subject = Thing()

    clock = await started(session, Step.HANDLING, TUESDAY, subject=subject)

    assert (clock.subject_id, clock.office_id, clock.region_code) == (
        subject.id,
        subject.desk.office_id,
        "13.03",
    )
    assert clock.due_on == date(2024, 10, 4)
    assert clock.due_at == datetime(2024, 10, 5, tzinfo=WIB)
    assert (clock.rule_code, clock.rule_version, clock.revision) == ("regional-handling", 1, 1)


async def test_a_start_asks_the_database_nothing(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    await started(session, Step.HANDLING, TUESDAY)
    said: list[str] = []

    def note(*what: str) -> None:
        said.append(what[2].split()[0])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await started(session, Step.HANDLING, TUESDAY)
    event.remove(engine.sync_engine, "before_cursor_execute", note)

    assert said == ["INSERT", "INSERT"]


async def test_without_a_rule_there_is_no_clock(session: AsyncSession) -> None:
    before_the_law = datetime(2010, 1, 4, tzinfo=UTC)

    clock = await keeper(session, TUESDAY).start(
        Thing(), Step.HANDLING, Regime.REGIONAL_ELECTION, before_the_law, desk()
    )

    assert clock is None


async def test_of_one_step_a_subject_has_one_open_clock(session: AsyncSession) -> None:
    subject = Thing()
    first = await started(session, Step.HANDLING, TUESDAY, subject=subject)

    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            await started(session, Step.HANDLING, TUESDAY, subject=subject)
    await keeper(session, TUESDAY).end(first)
    second = await started(session, Step.HANDLING, TUESDAY, subject=subject)

    assert await keeper(session, TUESDAY).open_of(subject.id) == [second]


async def test_what_stood_still_goes_on_for_as_long(session: AsyncSession) -> None:
    clock = await started(session, Step.INITIAL_REVIEW, TUESDAY)

    await keeper(session, TUESDAY + DAY).stop(clock, WAITING)
    stopped_due = clock.due_on
    await keeper(session, TUESDAY + 4 * DAY).resume(clock)

    assert stopped_due == date(2024, 10, 3)
    assert clock.stopped_at is None
    assert clock.due_on == date(2024, 10, 6)


async def test_a_stopped_clock_is_not_the_next_that_is_due(session: AsyncSession) -> None:
    subject = Thing()
    review = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)
    tracing = await started(session, Step.TRACING, TUESDAY, subject=subject)
    now = keeper(session, TUESDAY)

    first = await now.next_due(subject.id)
    await now.stop(review, WAITING)
    await session.flush()
    then = await now.next_due(subject.id)

    assert (first, then) == (review, tracing)
    assert await now.open_of(subject.id, Step.INITIAL_REVIEW) == [review]


async def test_only_what_the_rule_names_stops_a_clock(session: AsyncSession) -> None:
    handling = await started(session, Step.HANDLING, TUESDAY)
    review = await started(session, Step.INITIAL_REVIEW, TUESDAY)
    now = keeper(session, TUESDAY)

    with pytest.raises(NotStoppable):
        await now.stop(handling, WAITING)
    with pytest.raises(NotStopped):
        await now.resume(review)
    await now.stop(review, WAITING)
    with pytest.raises(AlreadyStopped):
        await now.stop(review, WAITING)


async def test_an_extension_is_given_once_and_counts_from_the_same_start(
    session: AsyncSession,
) -> None:
    clock = await started(session, Step.HANDLING, TUESDAY)
    now = keeper(session, TUESDAY + DAY)

    await now.extend(clock, b"tersegel")
    with pytest.raises(AlreadyExtended) as again:
        await now.extend(clock, None)

    assert clock.due_on == date(2024, 10, 6)
    assert clock.sealed_extension_reason == b"tersegel"
    assert again.value.code == "already-extended"


async def test_fourteen_working_days_after_the_extension_of_the_other_regime(
    session: AsyncSession,
) -> None:
    clock = await started(session, Step.HANDLING, TUESDAY, regime=Regime.GENERAL_ELECTION)
    before = clock.due_on

    await keeper(session, TUESDAY).extend(clock, None)

    assert (before, clock.due_on) == (date(2024, 10, 8), date(2024, 10, 21))


async def test_what_the_law_does_not_extend_is_not_extended(session: AsyncSession) -> None:
    clock = await started(session, Step.TRACING, TUESDAY)

    with pytest.raises(NotExtendable) as refused:
        await keeper(session, TUESDAY).extend(clock, None)

    assert refused.value.code == "not-extendable"


@pytest.mark.parametrize(
    ("after", "outcome"),
    [(3 * DAY, Outcome.MET), (timedelta(days=3, hours=14), Outcome.MISSED)],
)
async def test_the_end_is_in_time_or_late(
    session: AsyncSession, after: timedelta, outcome: Outcome
) -> None:
    clock = await started(session, Step.HANDLING, TUESDAY)

    await keeper(session, TUESDAY + after).end(clock)

    assert (clock.ended_at, clock.outcome) == (TUESDAY + after, outcome)


async def test_what_has_ended_is_left_alone(session: AsyncSession) -> None:
    clock = await started(session, Step.HANDLING, TUESDAY)
    now = keeper(session, TUESDAY)
    await now.cancel(clock)

    for act in (now.end, now.cancel, now.resume, lambda each: now.extend(each, None)):
        with pytest.raises(ClockEnded):
            await act(clock)

    assert clock.outcome is Outcome.CANCELLED


async def test_who_waited_in_time_is_not_late(session: AsyncSession) -> None:
    clock = await started(session, Step.INITIAL_REVIEW, TUESDAY)
    await keeper(session, TUESDAY + DAY).stop(clock, WAITING)

    await keeper(session, TUESDAY + 30 * DAY).end(clock)

    assert clock.outcome is Outcome.MET
    assert clock.stopped_at is None


async def test_a_handed_over_clock_goes_on_in_the_zone_of_the_new_desk(
    session: AsyncSession,
) -> None:
    # 23:30 in the west is already the next day in the east.
    late = datetime(2024, 10, 1, 23, 30, tzinfo=WIB)
    complaint, case, there = Thing(), Thing(region_code="91.01"), desk("WIT")
    clock = await started(session, Step.HANDLING, late, subject=complaint)

    await keeper(session, late + DAY).hand_over(complaint.id, case, there)

    assert (clock.subject_id, clock.office_id, clock.region_code) == (
        case.id,
        there.office_id,
        "91.01",
    )
    assert clock.due_on == date(2024, 10, 5)
    assert clock.due_at == datetime(2024, 10, 6, tzinfo=ZoneInfo("Asia/Jayapura"))


async def test_where_the_rule_says_so_the_new_desk_starts_anew(session: AsyncSession) -> None:
    subject, there = Thing(), desk()
    old = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)

    await keeper(session, TUESDAY + DAY).hand_over(subject.id, subject, there)
    await session.flush()
    [new] = await keeper(session, TUESDAY).open_of(subject.id)

    assert old.outcome is Outcome.CANCELLED
    assert (new.office_id, new.due_on) == (there.office_id, date(2024, 10, 4))


async def test_where_it_starts_anew_it_stands_still_if_it_stood_still(
    session: AsyncSession,
) -> None:
    subject, there = Thing(), desk()
    old = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)
    await keeper(session, TUESDAY + DAY).stop(old, WAITING)

    await keeper(session, TUESDAY + 2 * DAY).hand_over(subject.id, subject, there)
    await session.flush()
    [new] = await keeper(session, TUESDAY).open_of(subject.id)

    assert (old.outcome, old.stopped_at) == (Outcome.CANCELLED, None)
    assert (new.started_at, new.stopped_at) == (TUESDAY + 2 * DAY, TUESDAY + 2 * DAY)
    await keeper(session, TUESDAY + 4 * DAY).resume(new)
    assert (new.stopped_at, new.due_on) == (None, date(2024, 10, 7))


async def test_what_has_not_begun_yet_begins_no_earlier_at_the_new_desk(
    session: AsyncSession,
) -> None:
    subject = Thing()
    await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)

    await keeper(session, TUESDAY - DAY).hand_over(subject.id, subject, desk())
    await session.flush()
    [new] = await keeper(session, TUESDAY).open_of(subject.id)

    assert new.started_at == TUESDAY


async def test_what_was_late_before_it_started_anew_stays_late(session: AsyncSession) -> None:
    subject = Thing()
    old = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=subject)

    await keeper(session, TUESDAY + 4 * DAY).hand_over(subject.id, subject, desk())

    assert old.outcome is Outcome.MISSED


@pytest.mark.parametrize(
    ("days", "outcome"), [(1, Outcome.CANCELLED), (4, Outcome.MISSED)], ids=["early", "late"]
)
async def test_what_need_not_be_done_any_more_was_late_all_the_same(
    session: AsyncSession, days: int, outcome: Outcome
) -> None:
    clock = await started(session, Step.INITIAL_REVIEW, TUESDAY)

    await keeper(session, TUESDAY + days * DAY).cancel(clock)

    assert clock.outcome is outcome


async def test_at_the_same_desk_nothing_starts_anew(session: AsyncSession) -> None:
    complaint = Thing()
    case = Thing(desk=complaint.desk)
    clock = await started(session, Step.INITIAL_REVIEW, TUESDAY, subject=complaint)

    await keeper(session, TUESDAY + DAY).hand_over(complaint.id, case, case.desk)

    assert await keeper(session, TUESDAY).open_of(case.id) == [clock]
    assert (clock.started_at, clock.due_on) == (TUESDAY, date(2024, 10, 3))


async def test_a_rule_that_is_gone_does_not_hide_in_memory(session: AsyncSession) -> None:
    await session.execute(delete(StoredRule))
    LAW.forget()

    clock = await keeper(session, TUESDAY).start(
        Thing(), Step.HANDLING, Regime.REGIONAL_ELECTION, TUESDAY, desk()
    )

    assert clock is None
