"""What the tests of the rules share."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.files.norms import read_hours, read_rules
from app.clocks.rules.calendars import EMPTY, Calendar
from app.clocks.rules.counting import Due, Run, count
from app.clocks.rules.norms import (
    Confidence,
    DeadlineRule,
    StartEvent,
    Step,
    Unit,
    rule_for,
)
from app.elections.rules import Regime

WIB, WITA, WIT = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))

HOURS: Final = read_hours()
RULES: Final = read_rules()

THREE_DAYS: Final = DeadlineRule(
    code="three-days",
    version=1,
    regime=Regime.REGIONAL_ELECTION,
    step=Step.HANDLING,
    amount=3,
    unit=Unit.CALENDAR_DAY,
    start_event=StartEvent.REGISTERED,
    first_day_counts=False,
    end_of_day=True,
    source="invented for this test",
    confidence=Confidence.UNVERIFIED,
    valid_from=date(2020, 1, 1),
    valid_to=None,
)


def law(
    step: Step,
    on: date = date(2024, 10, 1),
    regime: Regime = Regime.REGIONAL_ELECTION,
) -> DeadlineRule:
    rule = rule_for(RULES, step, regime, on)
    assert rule is not None
    return rule


def at(written: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


def due(rule: DeadlineRule, start: datetime, zone: ZoneInfo, calendar: Calendar = EMPTY) -> Due:
    return count(rule, Run(start, zone), calendar)
