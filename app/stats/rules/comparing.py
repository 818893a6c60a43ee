"""Two elections side by side: by stage, as their calendars and areas differ."""

from collections.abc import Iterable
from datetime import date

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.stats.rules.periods import EARLIEST
from app.stats.rules.stages import Span


def days_of(spans: Iterable[Span], today: date) -> dict[str, int | None]:
    """On how many days up to today each stage counts; None where nobody knows when it began."""
    days: dict[str, int | None] = {}
    for span in spans:
        known = days.get(span.stage, 0)
        passed = max((min(span.until, today) - span.since).days + 1, 0)
        unknown = span.since == EARLIEST or known is None
        days[span.stage] = None if unknown else (known or 0) + passed
    return days


def rate(count: int, whole: int | None, per: int = 1) -> float | None:
    """So many of `per`; of nothing, or of nobody knows what, there is no rate."""
    return round(count * per / whole, 4) if whole else None


def check_elections(known: Iterable[str], *wanted: str) -> None:
    if not {*wanted} <= {*known}:
        raise Invalid(
            Fault(
                "/election",
                "unknown-election",
                Text("Pemilihan ini tidak dikenal.", "There is no such election."),
            )
        )
