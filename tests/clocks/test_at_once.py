"""Officers and workers at the same instant, over connections of their own that really commit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.audit.models import JournalEntry
from app.audit.service import LISTENERS
from app.clocks.jobs.running import catch_up, remind
from app.clocks.models import (
    CalendarRevision,
    ClockDue,
    ClockMove,
    ClockPause,
    ClockPreview,
    ClockReminder,
    DeadlineClock,
    StoredHoliday,
)
from app.clocks.repository.law import LAW
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.proposals import Outdated
from app.clocks.schemas.previews import ProposalIn
from app.clocks.service.previews import PreviewService
from app.core.actors import Actor, ActorKind
from app.core.database import Sessions, open_sessions, sqlstate_of
from app.core.ids import new_id
from app.web.clock import present
from tests.clocks.proposing import LATE_LEAVE, MONDAY
from tests.clocks.running import Thing, keeper, started

ONE, OTHER = (Actor(ActorKind.OFFICER, new_id(), area="") for _ in range(2))
NOBODY_WAITS_FOR_EVER = 20
LOCK_NOT_AVAILABLE = "55P03"
THINGS = [Thing() for _ in range(30)]


@pytest.fixture
async def committing(engine: AsyncEngine, owner: AsyncEngine) -> AsyncIterator[Sessions]:
    """What it commits is taken away again."""
    LAW.forget()
    yield open_sessions(engine)
    LAW.forget()
    ours = select(DeadlineClock.id).where(DeadlineClock.subject_id.in_([t.id for t in THINGS]))
    async with owner.begin() as connection:
        for gone in (
            delete(ClockReminder).where(ClockReminder.clock_id.in_(ours)),
            delete(ClockPause).where(ClockPause.clock_id.in_(ours)),
            delete(ClockDue).where(ClockDue.clock_id.in_(ours)),
            delete(DeadlineClock).where(DeadlineClock.id.in_(ours)),
            delete(ClockMove),
            delete(ClockPreview),
            delete(StoredHoliday).where(StoredHoliday.since_revision > 1),
            update(StoredHoliday).values(until_revision=None),
            delete(CalendarRevision).where(CalendarRevision.number > 1),
            delete(JournalEntry).where(
                or_(JournalEntry.action.like("clocks.%"), JournalEntry.actor_id == ONE.id)
            ),
        ):
            await connection.execute(gone)


async def propose(committing: Sessions, day: str) -> UUID:
    form = ProposalIn.model_validate({"holidays_added": [LATE_LEAVE | {"day": day}]})
    async with committing.begin() as session:
        return (await PreviewService(session, ONE, present()).propose(form)).id


async def approve(committing: Sessions, preview_id: UUID) -> str:
    try:
        async with committing.begin() as session:
            await PreviewService(session, OTHER, present()).approve(preview_id)
    except Outdated:
        return "outdated"
    return "in force"


async def run(committing: Sessions, step: Step) -> list[DeadlineClock]:
    async with committing.begin() as session:
        return [await started(session, step, MONDAY, subject=thing) for thing in THINGS]


async def is_refused(sessions: Sessions, clock: DeadlineClock) -> bool:
    """Whether a recount has the clock in hand; otherwise it is stopped now."""
    try:
        async with sessions.begin() as session:
            mine = await session.get_one(DeadlineClock, clock.id)
            await keeper(session, MONDAY).stop(mine, StopReason.WAITING_FOR_REPORTER)
    except DBAPIError as trouble:
        if sqlstate_of(trouble) != LOCK_NOT_AVAILABLE:
            raise
        return True
    return False


async def test_of_two_changes_at_once_the_second_is_previewed_again(
    committing: Sessions,
) -> None:
    previews = [await propose(committing, day) for day in ("2031-12-29", "2031-12-30")]

    both = asyncio.gather(*(approve(committing, each) for each in previews))

    said = await asyncio.wait_for(both, NOBODY_WAITS_FOR_EVER)
    assert Counter(said) == {"in force": 1, "outdated": 1}


async def test_whoever_acts_while_the_law_changes_loses_nothing(committing: Sessions) -> None:
    """Each stop stands, each clock is counted under the new law, and nobody waits for ever."""
    clocks = await run(committing, Step.INITIAL_REVIEW)
    preview = await propose(committing, "2024-11-06")

    async def insist(clock: DeadlineClock) -> None:
        for _ in range(20 * NOBODY_WAITS_FOR_EVER):
            if not await is_refused(committing, clock):
                return
            await asyncio.sleep(0.05)

    all_of_them = asyncio.gather(approve(committing, preview), *map(insist, clocks))
    await asyncio.wait_for(all_of_them, NOBODY_WAITS_FOR_EVER)

    await catch_up(committing, present())
    async with committing.begin() as session:
        ids = [each.id for each in clocks]
        rows = (await session.scalars(select(DeadlineClock).where(DeadlineClock.id.in_(ids)))).all()
    assert {(each.revision, each.stopped_at) for each in rows} == {(2, MONDAY)}


async def test_who_holds_a_case_never_waits_for_a_recount_that_will_want_it(
    committing: Sessions, engine: AsyncEngine
) -> None:
    """At its end a recount tells those who keep dates of their own; each of them locks cases."""
    clock = (await run(committing, Step.INITIAL_REVIEW))[0]
    preview = await propose(committing, "2024-11-06")
    recounted = asyncio.Event()
    case = func.pg_advisory_xact_lock(4_711)

    async def follow(session: AsyncSession, actor: Actor, entry: JournalEntry) -> None:
        recounted.set()
        await session.execute(select(case))

    listened = open_sessions(engine, {LISTENERS: {"clocks.recounted": (follow,)}})

    async def act() -> bool:
        async with committing.begin() as session:
            await session.execute(select(case))
            approval = asyncio.create_task(approve(listened, preview))
            await recounted.wait()
            refused = await is_refused(committing, clock)
        assert await approval == "in force"
        return refused

    assert await asyncio.wait_for(act(), NOBODY_WAITS_FOR_EVER)
    assert not await is_refused(committing, clock)


async def test_two_workers_tell_a_desk_once(committing: Sessions) -> None:
    clocks = await run(committing, Step.HANDLING)
    moment = clocks[0].due_at + timedelta(hours=1)

    both = asyncio.gather(*(remind(committing, moment) for _ in range(4)))
    await asyncio.wait_for(both, NOBODY_WAITS_FOR_EVER)
    await remind(committing, moment)

    async with committing.begin() as session:
        ids = [each.id for each in clocks]
        query = select(func.count()).where(ClockReminder.clock_id.in_(ids))
        assert await session.scalar(query) == len(clocks)


async def test_two_starts_at_once_give_one_clock(committing: Sessions) -> None:
    async def start() -> bool:
        async with committing.begin() as session:
            await started(session, Step.HANDLING, MONDAY, subject=THINGS[0])
        return True

    both = asyncio.gather(*(start() for _ in range(4)), return_exceptions=True)

    said = await asyncio.wait_for(both, NOBODY_WAITS_FOR_EVER)
    assert [each for each in said if each is True] == [True]
