"""Everybody who acts on one matter at the same instant: nobody waits in a circle for another."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from typing import NamedTuple
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from app.audit.models import JournalEntry
from app.audit.service import Journal
from app.cases.models.cases import Case, CaseReport
from app.cases.repository.cases import CaseRepository
from app.cases.rules.requirements import Requirement
from app.cases.schemas.reports import JoiningIn
from app.cases.schemas.review import CheckIn
from app.cases.service.reports import CaseReportService
from app.cases.service.review import ReviewService
from app.clocks.models import (
    CalendarRevision,
    ClockDue,
    ClockMove,
    ClockPreview,
    DeadlineClock,
    StoredRule,
)
from app.clocks.repository.law import LAW
from app.clocks.rules.running import Cause
from app.clocks.schemas.previews import ProposalIn
from app.clocks.service.previews import PreviewService
from app.complaints.models.complaints import Complaint, Matter
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.schemas.contact import SupplementIn
from app.complaints.service.desk import DeskService
from app.complaints.service.supplements import SupplementService
from app.core.actors import Actor, ActorKind, Permission
from app.core.database import Sessions, sqlstate_of
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.places import NATIONAL, Subject
from app.web.clock import present
from tests.cases import test_custody_at_once as custody
from tests.cases.handing import HERE
from tests.cases.test_custody_at_once import KEYS, NOBODY_WAITS_FOR_EVER, member, take_away
from tests.clocks.proposing import version
from tests.complaints.filing import file

committing = custody.committing
ROUNDS = 8
ONE, OTHER = (Actor(ActorKind.OFFICER, new_id(), area="") for _ in range(2))
# A recount has the clock in hand: whoever acts is told to try again, and nobody waits.
IN_HAND = "55P03"
# Whoever names somebody changes the case, and not only his report.
NAMING = SupplementIn.model_validate({"reported_persons": [{"name": "Terlapor Rekaan"}]})
# The number of no revision that there is.
NONE = 9_999


class Scene(NamedTuple):
    """A case of two reports in the order of their ids, a third that was not taken up, the desk."""

    case: UUID
    reports: list[UUID]
    fresh: UUID
    desk: Actor


@pytest.fixture
async def scene(
    whole_app: FastAPI, committing: Sessions, owner: AsyncEngine
) -> AsyncIterator[Scene]:
    whole_app.state.sessions, whole_app.state.keys = committing, KEYS
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        *reports, fresh = [UUID((await file(client))["id"]) for _ in range(3)]
    desk = await member(committing, HERE, "73.04")
    async with committing.begin() as session:
        await DeskService(session, desk, present(), KEYS).begin_review(reports[0])
        query = select(CaseReport.case_id).where(CaseReport.complaint_id == reports[0])
        [case_id] = await session.scalars(query)
    await join(committing, desk, case_id, reports[1])
    yield Scene(case_id, sorted(reports), fresh, desk)
    await take_away(owner, case_id, *reports, fresh)


@pytest.fixture
async def law(scene: Scene, owner: AsyncEngine) -> AsyncIterator[None]:
    """What is changed of it is taken away again, after the clocks that were counted by it."""
    LAW.forget()
    yield
    await take_away(owner, scene.case, *scene.reports, scene.fresh)
    LAW.forget()
    async with owner.begin() as connection:
        for gone in (
            delete(ClockMove),
            delete(ClockPreview),
            delete(StoredRule).where(StoredRule.since_revision > 1),
            delete(CalendarRevision).where(CalendarRevision.number > 1),
            delete(JournalEntry).where(
                or_(JournalEntry.action.like("clocks.%"), JournalEntry.actor_id == ONE.id)
            ),
        ):
            await connection.execute(gone)


def reporter(id: UUID) -> Actor:
    may = frozenset({Permission.FOLLOW_COMPLAINT})
    return Actor(ActorKind.RECEIPT, permissions=may, subject_id=id)


async def join(committing: Sessions, desk: Actor, case_id: UUID, report: UUID) -> None:
    async with committing.begin() as session:
        service = CaseReportService(session, desk, present(), KEYS)
        await service.join(case_id, JoiningIn(complaint_id=report))


async def separate(committing: Sessions, desk: Actor, case_id: UUID, report: UUID) -> UUID:
    async with committing.begin() as session:
        service = CaseReportService(session, desk, present(), KEYS)
        return (await service.separate(case_id, report)).id


async def add(committing: Sessions, report: UUID) -> None:
    async with committing.begin() as session:
        service = SupplementService(session, reporter(report), present(), KEYS)
        await service.put(new_id(), NAMING)


async def check(committing: Sessions, scene: Scene, *, is_met: bool) -> None:
    async with committing.begin() as session:
        service = ReviewService(session, scene.desk, present(), KEYS)
        await service.check(scene.case, Requirement.ACCOUNT, CheckIn(is_met=is_met))


async def propose(committing: Sessions, amount: int) -> UUID:
    rule = version("regional-initial-review", amount, "calendar_day", "2020-10-01")
    form = ProposalIn.model_validate({"rules": [rule]})
    async with committing.begin() as session:
        return (await PreviewService(session, ONE, present()).propose(form)).id


async def approve(committing: Sessions, preview: UUID) -> None:
    async with committing.begin() as session:
        await PreviewService(session, OTHER, present()).approve(preview)


async def said(act: Awaitable[object]) -> str:
    """What became of it: done, or the code of the refusal, of ours or of the database."""
    try:
        await act
    except DomainError as refusal:
        return refusal.code
    except DBAPIError as trouble:
        return sqlstate_of(trouble)
    return "done"


async def together(*acts: Awaitable[object]) -> Counter[str]:
    async with asyncio.timeout(NOBODY_WAITS_FOR_EVER):
        return Counter(await asyncio.gather(*map(said, acts)))


async def test_both_reporters_add_at_once(committing: Sessions, scene: Scene) -> None:
    found = Counter[str]()
    for _ in range(ROUNDS):
        found += await together(*(add(committing, each) for each in scene.reports))

    assert found == {"done": 2 * ROUNDS}


async def test_a_reporter_adds_while_an_officer_acts(committing: Sessions, scene: Scene) -> None:
    found = Counter[str]()
    for number in range(ROUNDS):
        found += await together(
            add(committing, scene.reports[1]),
            check(committing, scene, is_met=number % 2 == 0),
            add(committing, scene.reports[0]),
        )

    assert found == {"done": 3 * ROUNDS}


@pytest.mark.usefixtures("law")
async def test_the_law_changes_while_reporters_add_and_officers_act(
    committing: Sessions, scene: Scene
) -> None:
    found = Counter[str]()
    for number in range(ROUNDS):
        preview = await propose(committing, 3 + number % 2)
        found += await together(
            add(committing, scene.reports[1]),
            approve(committing, preview),
            add(committing, scene.reports[0]),
            check(committing, scene, is_met=number % 2 == 0),
            add(committing, scene.fresh),
        )

    assert set(found) <= {"done", IN_HAND}
    assert found["done"] >= 2 * ROUNDS
    async with committing.begin() as session:
        case = await session.get_one(Case, scene.case)
        dues = select(DeadlineClock.due_on).where(DeadlineClock.subject_id == case.id)
        days = set(await session.scalars(dues))
        ids = Complaint.id.in_(scene.reports)
        days |= set(await session.scalars(select(Complaint.next_due_on).where(ids)))
    assert days == {case.next_due_on}


@pytest.mark.usefixtures("law")
async def test_a_change_of_the_law_waits_for_who_holds_a_report(
    committing: Sessions, scene: Scene
) -> None:
    """It must not hold the case meanwhile, which the reporter's act will want."""
    held, go = asyncio.Event(), asyncio.Event()

    async def act() -> None:
        async with committing.begin() as session:
            mine = ComplaintRepository(session, reporter(scene.reports[1]))
            await mine.get(scene.reports[1], lock=True)
            held.set()
            await go.wait()
            service = SupplementService(session, reporter(scene.reports[1]), present(), KEYS)
            await service.put(new_id(), NAMING)

    async def follow() -> None:
        await held.wait()
        async with committing.begin() as session:
            asyncio.get_running_loop().call_later(0.3, go.set)
            subject = Subject(new_id(), NATIONAL.region_id, NATIONAL.region_code)
            journal = Journal(session, ONE, present())
            await journal.record("clocks.recounted", subject, revision=NONE, count=1)

    async with committing.begin() as session:
        ours = DeadlineClock.subject_id.in_((scene.case, scene.fresh))
        for clock in await session.scalars(select(DeadlineClock).where(ours)):
            session.add(moved(clock))
    assert await together(act(), follow()) == {"done": 2}


async def test_who_gets_a_case_gets_the_report_that_joined_a_moment_ago(
    committing: Sessions, scene: Scene
) -> None:
    joined = asyncio.Event()

    async def joins() -> None:
        async with committing.begin() as session:
            service = CaseReportService(session, scene.desk, present(), KEYS)
            await service.join(scene.case, JoiningIn(complaint_id=scene.fresh))
            joined.set()
            # The other waits for this transaction, so it cannot say when to end it.
            await asyncio.sleep(0.3)

    async def holds() -> None:
        await joined.wait()
        async with committing.begin() as session:
            await CaseRepository(session, scene.desk).held(scene.case)
            assert await is_held(committing, Complaint.id, scene.fresh)

    assert await together(joins(), holds()) == {"done": 2}


async def test_who_gets_a_report_holds_what_it_is_handled_with_now(
    committing: Sessions, scene: Scene
) -> None:
    """It left its case while he waited: he holds the new one, and lets go of the old one."""
    moving, left = scene.reports[0], asyncio.Event()
    own: list[UUID] = []

    async def separates() -> None:
        async with committing.begin() as session:
            service = CaseReportService(session, scene.desk, present(), KEYS)
            own.append((await service.separate(scene.case, moving)).id)
            left.set()
            # The other waits for this transaction, so it cannot say when to end it.
            await asyncio.sleep(0.3)

    async def holds() -> None:
        await left.wait()
        async with committing.begin() as session:
            await ComplaintRepository(session, reporter(moving)).get(moving, lock=True)
            assert await is_held(committing, Matter.id, own[0])
            assert not await is_held(committing, Matter.id, scene.case)

    assert await together(separates(), holds()) == {"done": 2}


async def is_held(committing: Sessions, column: InstrumentedAttribute[UUID], id: UUID) -> bool:
    query = select(column).where(column == id).with_for_update(nowait=True)
    try:
        async with committing.begin() as session:
            await session.execute(query)
    except DBAPIError as trouble:
        return sqlstate_of(trouble) == IN_HAND
    return False


async def test_a_report_changes_its_case_while_its_reporter_adds(
    committing: Sessions, scene: Scene
) -> None:
    moving, found = scene.reports[1], Counter[str]()
    for _ in range(ROUNDS // 2):
        found += await together(
            separate(committing, scene.desk, scene.case, moving),
            *(add(committing, each) for each in scene.reports),
        )
        found += await together(
            join(committing, scene.desk, scene.case, moving),
            *(add(committing, each) for each in scene.reports),
        )

    assert found == {"done": 3 * ROUNDS}


def moved(clock: DeadlineClock) -> ClockDue:
    """As a change of the law leaves it that moved the clock."""
    return ClockDue(
        clock_id=clock.id,
        at=clock.started_at,
        due_at=clock.due_at,
        due_on=clock.due_on,
        rule_version=clock.rule_version,
        calendar_revision=NONE,
        cause=Cause.RECOUNTED,
        started_at=clock.started_at,
        time_zone=clock.time_zone,
        region_code=clock.region_code,
        extended=False,
    )
