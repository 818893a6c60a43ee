from dataclasses import replace
from datetime import UTC, date, datetime
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.clocks.files.calendars import read_holidays
from app.clocks.files.norms import read_hours, read_rules
from app.clocks.jobs.loading import load
from app.clocks.models import CalendarRevision, ClockPreview, StoredHoliday, StoredRule
from app.clocks.repository.law import LAW, LawRepository
from app.clocks.rules.hours import Period
from app.clocks.rules.norms import Step
from app.clocks.service.deadlines import ClockService
from app.elections.rules import Regime

WIT = "Asia/Jayapura"
SATURDAY = datetime(2024, 10, 5, 11, tzinfo=ZoneInfo(WIT))
MONDAY = datetime(2024, 10, 7, 8, tzinfo=ZoneInfo(WIT))


async def test_what_is_stored_is_what_was_shipped(session: AsyncSession) -> None:
    told: list[tuple[int, int]] = []
    await load(session, lambda done, whole: told.append((done, whole)))

    law = await LawRepository(session).read()

    assert sorted(law.rules, key=str) == sorted(read_rules(), key=str)
    assert sorted(law.hours, key=str) == sorted(read_hours(), key=str)
    assert sorted(law.holidays, key=str) == sorted(read_holidays(), key=str)
    assert law.revision == 1
    assert told == [(len(law.rules) + len(law.hours) + len(law.holidays),) * 2]


async def test_a_complaint_of_saturday_is_received_on_monday(session: AsyncSession) -> None:
    received = await ClockService(session).receive(SATURDAY, WIT, Regime.REGIONAL_ELECTION)

    assert received == MONDAY


async def test_stages_of_an_area_can_open_its_office(session: AsyncSession) -> None:
    repeat = [Period(date(2024, 10, 5), date(2024, 10, 5))]

    received = await ClockService(session).receive(SATURDAY, WIT, Regime.REGIONAL_ELECTION, repeat)

    assert received == SATURDAY


async def test_the_other_regime_keeps_no_hours_of_ours(session: AsyncSession) -> None:
    clocks = ClockService(session)

    assert await clocks.receive(SATURDAY, WIT, Regime.GENERAL_ELECTION) == SATURDAY


async def test_the_rule_is_that_of_the_day_on_which_the_clock_starts(
    session: AsyncSession,
) -> None:
    await session.execute(
        update(StoredRule)
        .where(StoredRule.code == "regional-handling")
        .values(valid_from=date(2024, 10, 7))
    )
    clocks = ClockService(session)
    sunday = datetime(2024, 10, 6, 14, 59, tzinfo=UTC)  # 23:59 in WIT
    monday = datetime(2024, 10, 6, 15, 0, tzinfo=UTC)

    none = await clocks.due(Step.HANDLING, Regime.REGIONAL_ELECTION, sunday, WIT)
    found = await clocks.due(Step.HANDLING, Regime.REGIONAL_ELECTION, monday, WIT)

    assert none is None
    assert found is not None
    assert found.due_on == date(2024, 10, 10)


async def test_filing_again_asks_the_database_nothing(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    asked: list[str] = []
    clocks = ClockService(session)
    await clocks.receive(SATURDAY, WIT, Regime.REGIONAL_ELECTION)

    def note(*said: str) -> None:
        asked.append(said[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await clocks.receive(MONDAY, WIT, Regime.REGIONAL_ELECTION)
    await clocks.due(Step.INITIAL_REVIEW, Regime.REGIONAL_ELECTION, MONDAY, WIT)
    event.remove(engine.sync_engine, "before_cursor_execute", note)

    assert asked == []


async def test_a_reload_is_seen_after_half_a_minute(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = ClockService(session)
    await clocks.due(Step.HANDLING, Regime.REGIONAL_ELECTION, MONDAY, WIT)
    await session.execute(
        update(StoredRule).where(StoredRule.code == "regional-handling").values(amount=4)
    )
    later = monotonic() + 31
    monkeypatch.setattr("app.core.remembered.monotonic", lambda: later)

    found = await clocks.due(Step.HANDLING, Regime.REGIONAL_ELECTION, MONDAY, WIT)

    assert found is not None
    assert found.due_on == date(2024, 10, 11)


async def test_an_empty_table_is_asked_again(session: AsyncSession) -> None:
    await session.execute(delete(StoredRule))
    none = (await LawRepository(session).law()).rules
    await load(session, lambda done, whole: None)

    rules = (await LawRepository(session).law()).rules

    assert none == []
    assert rules


async def test_a_newer_release_proposes_and_changes_no_calendar(session: AsyncSession) -> None:
    """A package that knows a day better moves no deadline by itself."""
    eid, vesak = date(2028, 2, 27), date(2028, 5, 9)
    later = delete(StoredHoliday).where(StoredHoliday.day == vesak)
    await session.execute(later)
    await session.execute(
        update(StoredHoliday).where(StoredHoliday.day == eid).values(day=date(2028, 2, 26))
    )

    await load(session, lambda done, whole: None)

    [preview] = await session.scalars(select(ClockPreview))
    proposal = preview.proposal
    assert [each["day"] for each in proposal["holidays_added"]] == ["2028-02-27", "2028-05-09"]
    assert [each["day"] for each in proposal["holidays_cancelled"]] == ["2028-02-26"]
    assert (preview.officer_id, preview.approved_at) == (None, None)
    assert (await LawRepository(session).read()).revision == 1


async def test_what_officers_decided_a_load_does_not_undo(session: AsyncSession) -> None:
    voting = update(StoredHoliday).where(StoredHoliday.day == date(2024, 11, 27))
    await session.execute(voting.values(until_revision=2))
    mine = update(StoredRule).where(StoredRule.code == "regional-tracing")
    await session.execute(mine.values(amount=5, since_revision=2))

    await load(session, lambda done, whole: None)

    law = await LawRepository(session).read()
    assert not await session.scalar(select(ClockPreview))
    assert not law.calendar("13.03", 2).days.get(date(2024, 11, 27))
    assert law.version("regional-tracing", 1).amount == 5


async def test_a_newer_version_that_we_ship_waits_for_its_approval(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = read_rules()
    tracing = next(each for each in shipped if each.code == "regional-tracing")
    newer = replace(tracing, version=2, amount=5, valid_from=date(2026, 1, 1))
    monkeypatch.setattr("app.clocks.service.loading.read_rules", lambda: [*shipped, newer])

    await load(session, lambda done, whole: None)

    [preview] = await session.scalars(select(ClockPreview))
    [version] = preview.proposal["rules"]
    assert (version["code"], version["amount"]) == ("regional-tracing", 5)
    assert len((await LawRepository(session).read()).versions("regional-tracing")) == 1


async def test_nobody_else_counts_by_a_law_that_is_not_yet_committed(
    session: AsyncSession,
) -> None:
    laws = LawRepository(session)
    before = await laws.law()

    await laws.change()
    laws.add_revision(CalendarRevision(number=2))
    mine = await laws.law()

    assert (before.revision, mine.revision) == (1, 2)
    assert LAW.get("all") is None
