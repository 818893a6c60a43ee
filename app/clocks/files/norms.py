"""The deadline rules and office hours that we ship, one row of a CSV file each."""

from datetime import date, time
from pathlib import Path
from typing import Final

from app.clocks.files.rows import FOLDER, Row, read
from app.clocks.rules.hours import OfficeHours
from app.clocks.rules.norms import (
    Breach,
    Confidence,
    DeadlineRule,
    OnTransfer,
    RollOver,
    StartEvent,
    Step,
    StopReason,
    Unit,
)
from app.elections.rules import Regime

RULES: Final = FOLDER / "deadline_rules.csv"
HOURS: Final = FOLDER / "office_hours.csv"


def read_rules(file: Path = RULES) -> list[DeadlineRule]:
    return read(file, _rule)


def read_hours(file: Path = HOURS) -> list[OfficeHours]:
    return read(file, _hours)


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
        roll_over=RollOver(row["roll_over"]),
        stops_on=StopReason(row["stops_on"]) if row["stops_on"] else None,
        extended_amount=int(row["extended_amount"]) if row["extended_amount"] else None,
        extended_unit=Unit(row["extended_unit"]) if row["extended_unit"] else None,
        on_transfer=OnTransfer(row["on_transfer"]),
        breach=Breach(row["breach"]),
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
