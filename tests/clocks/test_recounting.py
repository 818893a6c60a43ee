"""An approved change counts every open clock again, and keeps what was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from app.audit.models import JournalEntry
from app.clocks.jobs.running import catch_up
from app.clocks.models import StoredRule
from app.clocks.repository.clocks import ClockRepository
from app.clocks.repository.law import LAW
from app.clocks.repository.recounting import RecountRepository
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.running import Cause
from app.core.database import Sessions
from app.elections.rules import Regime
from app.web.clock import present
from tests.clocks.proposing import LATE_LEAVE, MONDAY, Lawgivers, version
from tests.clocks.running import Thing, keeper, started


async def test_an_approval_moves_the_clocks_and_keeps_what_was(law: Lawgivers) -> None:
    clock = await law.investigation()
    preview = await law.propose()

    done = await law.approve(preview)

    assert (done["revision"], done["moved"]) == (2, 1)
    assert ((await law.fresh(clock)).due_on, clock.revision) == (date(2024, 11, 25), 2)
    told = await keeper(law.session, MONDAY).explain(clock)
    [before] = told.older
    assert (before.due.due_on, before.due.trace.calendar_revision) == (date(2024, 11, 22), 1)
    assert (told.present.cause, told.present.due.due_on) == (Cause.RECOUNTED, date(2024, 11, 25))
    [leave] = [each for each in told.present.due.trace.lines if each.mark == "joint_leave"]
    assert leave.reason.id == "Cuti bersama: Cuti Bersama (contoh)"


async def test_every_open_clock_bears_the_revision_it_was_counted_under(law: Lawgivers) -> None:
    stays = await started(law.session, Step.HANDLING, MONDAY)
    ended = await law.investigation()
    await keeper(law.session, MONDAY).end(ended)

    await law.enact()

    assert ((await law.fresh(stays)).revision, stays.due_on) == (2, date(2024, 11, 7))
    assert ((await law.fresh(ended)).revision, ended.due_on) == (1, date(2024, 11, 22))


async def test_listeners_find_what_moved_by_the_revision(law: Lawgivers) -> None:
    clock = await law.investigation()
    await started(law.session, Step.HANDLING, MONDAY)

    await law.enact()

    entry = await law.session.scalar(
        select(JournalEntry).where(JournalEntry.action == "clocks.recounted")
    )
    assert entry is not None
    assert entry.payload == {"revision": 2, "count": 1}
    moved = await law.session.scalars(ClockRepository.moved_by(2))
    assert list(moved) == [clock.subject_id]


async def test_what_stood_still_stays_counted_when_the_law_moves(law: Lawgivers) -> None:
    review = await started(law.session, Step.INITIAL_REVIEW, MONDAY)
    day = timedelta(days=1)
    await keeper(law.session, MONDAY + day).stop(review, StopReason.WAITING_FOR_REPORTER)
    await keeper(law.session, MONDAY + 3 * day).resume(review)
    await law.session.flush()
    stops = {"stops_on": "waiting_for_reporter"}
    rolled = version("regional-initial-review", 3, "calendar_day", "2024-11-01", **stops)

    preview = await law.propose(rules=[rolled])
    await law.approve(preview)

    # Four of November is not counted, 5 and 6 stood still; 7 8 9.
    assert (await law.fresh(review)).due_on == date(2024, 11, 9)
    assert review.rule_version == 2
    assert preview["moved"] == 1


async def test_a_new_version_holds_from_its_day_on(law: Lawgivers) -> None:
    before = await started(law.session, Step.TRACING, MONDAY)
    rule = version("regional-tracing", 5, "working_day", "2024-11-05")

    await law.enact(rules=[rule])
    after = await started(law.session, Step.TRACING, MONDAY + timedelta(days=1))

    assert ((await law.fresh(before)).rule_version, before.due_on) == (1, date(2024, 11, 11))
    assert (after.rule_version, after.due_on, after.revision) == (2, date(2024, 11, 12), 2)
    stored = await law.session.get(StoredRule, ("regional-tracing", 2))
    assert stored is not None
    assert stored.since_revision == 2


async def test_a_day_off_of_one_region_moves_nobody_elses(law: Lawgivers) -> None:
    here, there = await law.investigation(), await law.investigation("14.01")

    preview = await law.propose(holidays_added=[LATE_LEAVE | {"area_code": "13"}])
    await law.approve(preview)

    assert (await law.fresh(here)).due_on == date(2024, 11, 25)
    assert (await law.fresh(there)).due_on == date(2024, 11, 22)


async def test_a_cancelled_day_off_brings_deadlines_forward(law: Lawgivers) -> None:
    thing = Thing()
    # 27 November 2024 is the voting day.
    clock = await started(
        law.session, Step.PROSECUTOR_RETURN, datetime(2024, 11, 25, 3, tzinfo=UTC), subject=thing
    )
    voting = {"day": "2024-11-27", "kind": "national_holiday"}

    preview = await law.propose(holidays_cancelled=[voting])
    await law.approve(preview)

    assert preview["earlier"] == 1
    assert (await law.fresh(clock)).due_on == date(2024, 11, 28)
    was = await law.read("/clocks/calendars", year=2024, revision=1)
    now = await law.read("/clocks/calendars", year=2024, revision=2)
    assert [each["day"] for each in was["items"] if each not in now["items"]] == ["2024-11-27"]


async def test_who_counted_by_an_older_law_is_counted_again(
    law: Lawgivers, sessions: Sessions
) -> None:
    await started(law.session, Step.HANDLING, MONDAY)
    remembered = LAW.get("all")
    assert remembered is not None
    await law.enact()
    # A process that has not heard of it yet.
    LAW.keep("all", remembered)
    clock = await law.investigation()
    LAW.forget()

    moved = await catch_up(sessions, present())
    again = await catch_up(sessions, present())

    assert (moved, again) == (1, 0)
    assert ((await law.fresh(clock)).due_on, clock.revision) == (date(2024, 11, 25), 2)
    assert [each.cause for each in await ClockRepository(law.session).dues(clock.id)] == [
        Cause.STARTED,
        Cause.RECOUNTED,
    ]


async def test_a_recount_goes_on_from_chunk_to_chunk(
    law: Lawgivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clocks.repository.recounting.CHUNK", 2)
    clocks = [await law.investigation() for _ in range(5)]

    preview = await law.propose()
    done = await law.approve(preview)

    assert (preview["moved"], done["moved"]) == (5, 5)
    assert {(await law.fresh(each)).due_on for each in clocks} == {date(2024, 11, 25)}
    assert await RecountRepository(law.session).next_open(None, before=2) == []


async def test_history_cannot_be_rewritten(law: Lawgivers) -> None:
    await law.investigation()

    for attempt in ("UPDATE clock_due SET due_on = due_on", "DELETE FROM clock_due"):
        with pytest.raises(Exception, match="permission denied"):
            async with law.session.begin_nested():
                await law.session.execute(text(attempt))


async def test_the_other_regime_is_moved_by_the_same_calendar(law: Lawgivers) -> None:
    clock = await started(law.session, Step.HANDLING, MONDAY, regime=Regime.GENERAL_ELECTION)
    await keeper(law.session, MONDAY).extend(clock, None)
    await law.session.flush()
    before = clock.due_on

    await law.enact()

    assert (before, (await law.fresh(clock)).due_on) == (
        date(2024, 11, 22),
        date(2024, 11, 25),
    )
