from datetime import UTC, date, datetime
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.clocks.files.calendars import read_holidays
from app.clocks.files.norms import read_hours, read_rules
from app.clocks.jobs.loading import load
from app.clocks.models import StoredRule
from app.clocks.repository.law import LawRepository
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
