"""Which days a figure covers; a moment becomes a day in one zone for the whole country.

The legal day is that of the handling office; a national figure needs one day for all, and WIB is
the zone of the capital. The answer names it. Days by office come with the figures on deadlines.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.stats.rules.dimensions import Dimension

WIB: Final = "Asia/Jakarta"

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 31)

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 731

_MONTH: Final = len("2024-11")


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; None leaves that end open."""

    since: date | None = None
    until: date | None = None


def ends_before_start(since: date | None, until: date | None) -> bool:
    return since is not None and until is not None and until < since


def day_by_day(wanted: Period, now: datetime) -> tuple[date, date]:
    """Return the first and last day of a period of which every day is a row."""
    until = wanted.until or max(today(now), wanted.since or EARLIEST)
    since = wanted.since or max(until - timedelta(days=USUAL_DAYS - 1), EARLIEST)
    if (until - since).days >= MOST_DAYS:
        raise Invalid(
            Fault(
                "/since",
                "too-many-days",
                Text(f"Paling banyak {MOST_DAYS} hari sekaligus.", f"At most {MOST_DAYS} days."),
            )
        )
    return since, until


def days_in(since: date, until: date) -> list[date]:
    return [since + timedelta(days=each) for each in range((until - since).days + 1)]


def span_of(day: date, by: Dimension) -> str:
    """The day itself, its ISO week (`2024-W45`) or its month (`2024-11`)."""
    if by is Dimension.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[:_MONTH] if by is Dimension.MONTH else day.isoformat()


def spans_in(since: date, until: date, by: Dimension) -> list[str]:
    """Every day, week or month of a period, the first and the last perhaps in part."""
    return list(dict.fromkeys(span_of(day, by) for day in days_in(since, until)))


def today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(WIB)).date()


def midnight(day: date) -> datetime:
    """The moment with which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(WIB))
