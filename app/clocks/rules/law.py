"""The law of time as one revision has it, and every earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.calendars import Calendar, Holiday, calendar_of
from app.clocks.rules.counting import Due, Run, count
from app.clocks.rules.hours import OfficeHours
from app.clocks.rules.norms import DeadlineRule, Step, in_force, rule_for
from app.clocks.rules.running import Course
from app.elections.rules import Regime

REGENCY: Final = len("00.00")
"""So much of a region code is the regency's: below it nobody sets a day off of his own."""


@dataclass(frozen=True, eq=False)
class Law:
    """The rows in all their versions, and the revision that is in force now."""

    rules: Sequence[DeadlineRule]
    hours: Sequence[OfficeHours]
    holidays: Sequence[Holiday]
    revision: int
    _calendars: dict[tuple[int, str], Calendar] = field(default_factory=dict, repr=False)
    _of_code: dict[str, list[DeadlineRule]] = field(default_factory=dict, repr=False)

    def rule_for(self, step: Step, regime: Regime, on: date) -> DeadlineRule | None:
        return rule_for(self.rules, step, regime, on)

    def versions(self, code: str) -> list[DeadlineRule]:
        """Every version of a rule, oldest first; none where there is no such rule."""
        if not self._of_code:
            for each in sorted(self.rules, key=lambda rule: rule.version):
                self._of_code.setdefault(each.code, []).append(each)
        return self._of_code.get(code, [])

    def version(self, code: str, version: int) -> DeadlineRule:
        return next(each for each in self.versions(code) if each.version == version)

    def in_force_for(self, course: Course, held: int) -> DeadlineRule:
        """The version in force on the day of the start; the one held where none is any more."""
        started_on = course.started_at.astimezone(ZoneInfo(course.time_zone)).date()
        found = in_force(self.versions(course.rule_code), started_on)
        return found[0] if found else self.version(course.rule_code, held)

    def calendar(self, region_code: str, revision: int | None = None) -> Calendar:
        """The calendar of a place, as it is or as an earlier revision had it."""
        wanted = self.revision if revision is None else revision
        key = (wanted, region_code[:REGENCY])
        if key not in self._calendars:
            self._calendars[key] = calendar_of(self.holidays, wanted, key[1])
        return self._calendars[key]

    def count(self, rule: DeadlineRule, course: Course, revision: int | None = None) -> Due:
        """When a clock is due by this rule, and why."""
        run = Run(course.started_at, ZoneInfo(course.time_zone), course.extended, course.pauses)
        return count(rule, run, self.calendar(course.region_code, revision))
