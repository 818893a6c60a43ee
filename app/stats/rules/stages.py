"""Which stage of an election a day counts for: of several that run, the one that began last."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from app.core.places import NATION
from app.elections.rules import Scheduled, calendar_of, running_on
from app.stats.rules.periods import EARLIEST, LATEST


class Span(NamedTuple):
    """From the first to the last day, both included, this stage counts in this region; an empty
    one where nothing runs."""

    region_code: str
    since: date
    until: date
    stage: str


def spans_of(schedule: Sequence[Scheduled]) -> list[Span]:
    """Part all days of every region that has days of its own in this schedule."""
    regions = sorted({entry.region_code for entry in schedule})
    return [span for code in regions for span in _spans(calendar_of(schedule, code), code)]


def _spans(calendar: Sequence[Scheduled], region_code: str) -> Iterator[Span]:
    for first, beyond in pairwise(_edges(calendar)):
        # The calendar stands in the order of the law, which decides between equals.
        running = running_on(calendar, first)
        latest = max(enumerate(running), key=_begun, default=None)
        stage = latest[1].stage.value if latest else ""
        yield Span(region_code, first, beyond - timedelta(days=1), stage)


def _begun(entry: tuple[int, Scheduled]) -> tuple[date, int]:
    place, stage = entry
    return stage.from_on or EARLIEST, place


def _edges(calendar: Iterable[Scheduled]) -> list[date]:
    """The days on which something begins, or has just ended."""
    edges = {EARLIEST, LATEST + timedelta(days=1)}
    for entry in calendar:
        edges |= {entry.from_on} if entry.from_on else set()
        edges |= {entry.to_on + timedelta(days=1)} if entry.to_on else set()
    return sorted(edges)


class Stages:
    """The spans of all elections, by which a day is looked up."""

    def __init__(self, spans: Iterable[tuple[str, Span]]) -> None:
        self._spans: dict[tuple[str, str], list[Span]] = {}
        for election, span in spans:
            self._spans.setdefault((election, span.region_code), []).append(span)

    def on(self, election: str, region_code: str, day: date) -> str:
        """The stage of the smallest area around a place that has days of its own."""
        for area in (region_code[:5], region_code[:2], NATION):
            spans = self._spans.get((election, area))
            if spans is not None:
                return next((each.stage for each in spans if each.since <= day <= each.until), "")
        return ""
