"""Which days are no working days: weekends, national holidays, joint leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.clocks.rules.norms import Confidence
from app.core.places import NATION, area_of, lies_in

_SATURDAY: Final = 6


class HolidayKind(StrEnum):
    """Hari libur nasional or cuti bersama, both set by the decree of three ministers."""

    NATIONAL_HOLIDAY = "national_holiday"
    JOINT_LEAVE = "joint_leave"


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A day off in an area ("00" is the whole country), from one revision of the calendar until
    just before another."""

    day: date
    kind: HolidayKind
    name: str
    source: str
    confidence: Confidence
    area_code: str = NATION
    since_revision: int = 1
    until_revision: int | None = None

    @property
    def key(self) -> tuple[date, HolidayKind, str]:
        """What there is only one of in a revision."""
        return self.day, self.kind, self.area_code

    def is_in(self, revision: int) -> bool:
        ended = self.until_revision is not None and self.until_revision <= revision
        return self.since_revision <= revision and not ended


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days off of one place, as one revision has them."""

    revision: int
    days: Mapping[date, Holiday]

    def is_working_day(self, day: date) -> bool:
        return not is_weekend(day) and day not in self.days


EMPTY: Final = Calendar(0, {})
"""No holidays at all: enough for what is counted in hours or calendar days."""


def is_weekend(day: date) -> bool:
    return day.isoweekday() >= _SATURDAY


def calendar_of(holidays: Iterable[Holiday], revision: int, region_code: str) -> Calendar:
    """The calendar of a place; where a day is both, it is a national holiday first."""
    present = [each for each in holidays if each.is_in(revision) and is_off_in(each, region_code)]
    last = sorted(present, key=lambda each: each.kind is HolidayKind.NATIONAL_HOLIDAY)
    return Calendar(revision, {each.day: each for each in last})


def is_off_in(holiday: Holiday, region_code: str) -> bool:
    return lies_in(region_code, area_of(holiday.area_code))
