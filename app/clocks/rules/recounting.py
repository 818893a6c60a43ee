"""What a change of the law does to the clocks that run."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from app.clocks.rules.counting import Due, Pause
from app.clocks.rules.law import REGENCY, Law
from app.clocks.rules.norms import DeadlineRule, Step
from app.clocks.rules.running import Course


class OpenClock(NamedTuple):
    """A clock that has not ended, as far as a count needs it."""

    id: UUID
    revision: int
    rule_code: str
    rule_version: int
    started_at: datetime
    time_zone: str
    region_code: str
    extended: bool
    due_at: datetime
    due_on: date
    step: Step


@dataclass(frozen=True)
class Move:
    """A clock and the date that it would get."""

    clock: OpenClock
    due: Due

    @property
    def is_earlier(self) -> bool:
        return self.due.due_at < self.clock.due_at


class Recount:
    """Counts many clocks under one law.

    Clocks that start on one day under one rule are due at one moment, unless they stood still or
    run by the hour; each such moment is counted once.
    """

    def __init__(self, law: Law) -> None:
        self.law = law
        self._known: dict[Hashable, Due] = {}

    def moves(
        self, clocks: Sequence[OpenClock], pauses: Mapping[UUID, tuple[Pause, ...]]
    ) -> list[Move]:
        """The clocks among these that get another date."""
        counted = [Move(each, self.count(each, pauses.get(each.id, ()))) for each in clocks]
        return [each for each in counted if each.due.due_at != each.clock.due_at]

    def count(self, clock: OpenClock, pauses: tuple[Pause, ...]) -> Due:
        course = Course(
            clock.rule_code,
            clock.started_at,
            clock.time_zone,
            clock.region_code,
            clock.extended,
            pauses,
        )
        rule = self.law.in_force_for(course, clock.rule_version)
        if pauses or not rule.end_of_day:
            return self.law.count(rule, course)
        alike = _alike(clock, rule)
        if alike not in self._known:
            self._known[alike] = self.law.count(rule, course)
        return self._known[alike]


def _alike(clock: OpenClock, rule: DeadlineRule) -> Hashable:
    started_on = clock.started_at.astimezone(ZoneInfo(clock.time_zone)).date()
    place = clock.region_code[:REGENCY]
    return rule.code, rule.version, started_on, clock.time_zone, place, clock.extended
