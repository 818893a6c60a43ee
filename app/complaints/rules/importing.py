"""Older cases: how many of them at once, and in which order their days must lie."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.complaints.rules.legacy import NumberParts
from app.complaints.rules.objections import (
    FINDING_WITH_REPORTER,
    FUTURE,
    KIND_AGAINST_NUMBER,
    KNOWN_BEFORE,
    SUBMITTED_BEFORE,
)
from app.complaints.rules.procedure import Kind
from app.core.objections import Objection

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 20 * 1024 * 1024
LONGEST_LINE: Final = 256 * 1024
"""Of bytes without a line break: whatever is longer is no row of a table."""
MOST_FAULTS: Final = 200
"""More are counted, not listed: whoever sees as many mends the file first."""

# The first supervisory body, Panwaslak, dates from the election of 1982.
EARLIEST: Final = date(1982, 1, 1)
# Beyond it moments cannot be moved between zones.
LATEST: Final = date(9000, 1, 1)


def at_office(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def clash_in(
    kind: Kind, parts: NumberParts | None, *, has_reporter: bool
) -> tuple[str, Objection] | None:
    """The column that tells another kind than the number does, or than the reporter."""
    is_finding = kind is Kind.FINDING
    if parts is not None and parts.is_of_finding is not is_finding:
        return "kind", KIND_AGAINST_NUMBER
    if is_finding and has_reporter:
        return "reporter", FINDING_WITH_REPORTER
    return None


def misplaced(
    occurred_on: date, known_on: date, submitted_at: datetime, now: datetime
) -> tuple[str, Objection] | None:
    """The column that breaks the order of an act, its being known and its being submitted."""
    if submitted_at > now:
        return "submitted_at", FUTURE
    if known_on < occurred_on:
        return "known_on", KNOWN_BEFORE
    if submitted_at.date() < known_on:
        return "submitted_at", SUBMITTED_BEFORE
    return None
