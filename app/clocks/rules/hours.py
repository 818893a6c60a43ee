"""When an office takes reports: those of the night and the weekend count from its next opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.clocks.rules.counting import DAY, midnight
from app.clocks.rules.norms import Norm, in_force

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class OfficeHours(Norm):
    """When reports are taken, local time: from `opens` until just before `closes`.

    Monday is weekday 1, none means every day; 00:00 closes at the end of the day.
    """

    weekday: int | None
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time.min and self.closes <= self.opens:
            raise ValueError("an office closes after it opens")
        if self.weekday is not None and not 1 <= self.weekday <= WEEK:
            raise ValueError(f"there is no weekday {self.weekday}")


@dataclass(frozen=True)
class Period:
    """Whole local days, the last one included, in which an office is open round the clock."""

    starts_on: date
    ends_on: date


def officially_received_at(
    submitted_at: datetime,
    zone: ZoneInfo,
    hours: Sequence[OfficeHours],
    always_open: Sequence[Period] = (),
) -> datetime:
    """The moment itself where the office is open, else its next opening.

    `hours` are those of one regime in all their versions; on a day for which none are in force
    nothing is closed. Perbawaslu 9/2024 sets the hours, and opens quiet period and voting day.
    """
    local = submitted_at.astimezone(zone)
    day = local.date()
    while not (windows := [w for w in _windows(day, zone, hours, always_open) if local < w[1]]):
        day += DAY
    return min(max(local, opens) for opens, _ in windows).astimezone(UTC)


def _windows(
    day: date, zone: ZoneInfo, hours: Sequence[OfficeHours], always_open: Sequence[Period]
) -> list[tuple[datetime, datetime]]:
    rows = in_force(hours, day)
    nightfall = midnight(day + DAY, zone)
    if not rows or any(period.starts_on <= day <= period.ends_on for period in always_open):
        return [(midnight(day, zone), nightfall)]
    return [
        (
            datetime.combine(day, row.opens, zone),
            datetime.combine(day, row.closes, zone) if row.closes != time.min else nightfall,
        )
        for row in rows
        if row.weekday in (None, day.isoweekday())
    ]
