"""The deadline rules and office hours that we ship, one row of a CSV file each."""

import csv
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import TypeAlias, TypeVar

from app.clocks.rules import Confidence, DeadlineRule, OfficeHours, StartEvent, Step, Unit
from app.elections.rules import Regime

FOLDER = Path(__file__).parent / "data"
RULES = FOLDER / "deadline_rules.csv"
HOURS = FOLDER / "office_hours.csv"
ALL = (RULES, HOURS)

Row: TypeAlias = dict[str, str]
T = TypeVar("T")


def read_rules(file: Path = RULES) -> list[DeadlineRule]:
    return _read(file, _rule)


def read_hours(file: Path = HOURS) -> list[OfficeHours]:
    return _read(file, _hours)


def _read(file: Path, read: Callable[[Row], T]) -> list[T]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [read(row) for row in rows]
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong


def _rule(row: Row) -> DeadlineRule:
    return DeadlineRule(
        code=row["code"],
        version=int(row["version"]),
        regime=Regime(row["regime"]),
        step=Step(row["step"]),
        amount=int(row["amount"]),
        unit=Unit(row["unit"]),
        start_event=StartEvent(row["start_event"]),
        first_day_counts=_yes(row["first_day_counts"]),
        end_of_day=_yes(row["end_of_day"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
    )


def _hours(row: Row) -> OfficeHours:
    return OfficeHours(
        code=row["code"],
        version=int(row["version"]),
        regime=Regime(row["regime"]),
        weekday=int(row["weekday"]) if row["weekday"] else None,
        opens=time.fromisoformat(row["opens"]),
        closes=time.fromisoformat(row["closes"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
    )


def _yes(word: str) -> bool:
    if word not in ("yes", "no"):
        raise ValueError(f"'{word}' is neither yes nor no")
    return word == "yes"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
