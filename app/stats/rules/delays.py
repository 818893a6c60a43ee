"""How long after an act it is recorded: what the last days still lack, told from the days before.

Only what was recorded by now is seen, so of recent acts only the quick reports: a plain mean of the
delays seen would call everything quick. Here each delay is compared only with acts old enough to
have shown it (the reverse hazard of right-truncated data; chain ladder, day by day).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

MOST_DAYS: Final = 84
"""What is recorded later counts as recorded on this day: too few to tell twelve weeks from more."""

_DAYS: Final = MOST_DAYS + 1

USUAL_DAYS: Final = 10.0
"""The mean delay that is assumed where nothing is known (an assumption, shown as one)."""
PRIOR_COUNTS: Final = 20.0
"""So many records weigh as much as the assumption."""

Triangle = Mapping[tuple[int, int], int]
"""How many, by the age of the act in days and by its delay in days; the age is never less."""


@dataclass(frozen=True)
class Delays:
    """`recorded[d]` is the share recorded at most d days after the act; the last one is 1.

    `doubt[d]` is the relative deviation of that share: how well the counts tell it.
    """

    recorded: tuple[float, ...]
    doubt: tuple[float, ...]

    def by(self, age: int) -> float:
        """The share of acts of this age in days that is recorded."""
        return 0.0 if age < 0 else self.recorded[min(age, MOST_DAYS)]

    def doubt_of(self, age: int) -> float:
        """The deviation of that share."""
        return self.by(age) * self.doubt[min(max(age, 0), MOST_DAYS)]

    @property
    def mean_days(self) -> float:
        return sum(1.0 - share for share in self.recorded)


def usual(mean_days: float = USUAL_DAYS) -> Delays:
    """As if each day the same share of what is still unrecorded were recorded."""
    stays = mean_days / (mean_days + 1.0)
    recorded = [1.0 - stays ** (day + 1) for day in range(MOST_DAYS)] + [1.0]
    return _delays([PRIOR_COUNTS * each for each in _hazards(recorded)], [PRIOR_COUNTS] * _DAYS)


def estimate(triangle: Triangle) -> Delays:
    """Learn the delays from what was recorded, and the assumption where there is little of it."""
    at, upto = _seen(triangle)
    assumed = _hazards(usual().recorded)
    return _delays(
        [count + PRIOR_COUNTS * hazard for count, hazard in zip(at, assumed, strict=True)],
        [count + PRIOR_COUNTS for count in upto],
    )


def _hazards(recorded: Sequence[float]) -> list[float]:
    """Of what is recorded by a day, the share that came on that day."""
    before = (0.0, *recorded[:-1])
    return [(now - then) / now for now, then in zip(recorded, before, strict=True)]


def _delays(at: Sequence[float], upto: Sequence[float]) -> Delays:
    """Multiply from the end; the variances of the logarithms add up (Greenwood)."""
    recorded, variance = 1.0, 0.0
    shares, doubts = [1.0], [0.0]
    for came, by in zip(reversed(at[1:]), reversed(upto[1:]), strict=True):
        hazard = came / by
        recorded *= 1.0 - hazard
        variance += hazard / ((1.0 - hazard) * by)
        shares.append(recorded)
        doubts.append(math.sqrt(variance))
    return Delays(tuple(reversed(shares)), tuple(reversed(doubts)))


def _seen(triangle: Triangle) -> tuple[list[int], list[int]]:
    """For each delay, how many had just it and how many at most it, of acts old enough."""
    at = [0] * _DAYS
    upto = [0] * _DAYS
    of_age: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (age, delay), count in triangle.items():
        of_age[min(age, MOST_DAYS)][min(max(delay, 0), MOST_DAYS)] += count
    for age, delays in of_age.items():
        counts = [delays.get(day, 0) for day in range(age + 1)]
        for day, (count, total) in enumerate(zip(counts, accumulate(counts), strict=True)):
            at[day] += count
            upto[day] += total
    return at, upto


@dataclass(frozen=True)
class Exposure:
    """Shares of a season in one week: recorded by now, passed and unrecorded, still to come; and
    how uncertain it is what is recorded and what is not."""

    seen: float
    late: float
    ahead: float
    doubt: float = 0.0

    def scaled(self, part: float) -> "Exposure":
        return Exposure(self.seen * part, self.late * part, self.ahead * part, self.doubt * part)


def whole(weeks: Iterable[Exposure]) -> Exposure:
    """All weeks as one."""
    listed = list(weeks)
    return Exposure(
        sum(each.seen for each in listed),
        sum(each.late for each in listed),
        sum(each.ahead for each in listed),
        sum(each.doubt for each in listed),
    )


def exposures(shares: Sequence[float], age_of_first: int, delays: Delays) -> list[Exposure]:
    """Part each week of a season by what can be known; the first day is so many days old."""
    weeks = []
    for start in range(0, len(shares), 7):
        ages = [age_of_first - start - day for day in range(7)]
        week = list(zip(shares[start : start + 7], ages, strict=True))
        seen = sum(share * delays.by(age) for share, age in week)
        passed = sum(share for share, age in week if age >= 0)
        ahead = sum(share for share, age in week if age < 0)
        doubt = sum(share * delays.doubt_of(age) for share, age in week if age >= 0)
        weeks.append(Exposure(seen, max(passed - seen, 0.0), ahead, doubt))
    return weeks


def arrivals(shares: Sequence[float], age_of_first: int, delays: Delays) -> list[Exposure]:
    """The same shares by the week of recording, until nothing is missing: only from now on."""
    days = len(shares) + MOST_DAYS
    late, ahead = [0.0] * days, [0.0] * days
    for day, share in enumerate(shares):
        before = 0.0
        for delay, upto in enumerate(delays.recorded):
            if day + delay > age_of_first:
                (late if age_of_first >= day else ahead)[day + delay] += share * (upto - before)
            before = upto
    weeks = range(0, days, 7)
    return [Exposure(0.0, sum(late[i : i + 7]), sum(ahead[i : i + 7])) for i in weeks]
