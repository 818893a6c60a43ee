"""When an event is, as calendars say it (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from app.rakor.rules.events import day_of

Span: TypeAlias = tuple[datetime, datetime] | tuple[date, date]


def span_of(
    days: tuple[date, date], sessions: Sequence[tuple[datetime, datetime]], zone: str
) -> Span:
    """From the first session to the end of the last one, by the clocks of the venue; whole days,
    the second one excluded, where the run-down does not say when the event begins and ends."""
    first, last = days
    starts = min((start for start, _ in sessions), default=None)
    ends = max((end for _, end in sessions), default=None)
    if starts is None or ends is None:
        return first, last + timedelta(days=1)
    if day_of(starts, zone) != first or day_of(ends - datetime.resolution, zone) != last:
        return first, last + timedelta(days=1)
    return starts.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
