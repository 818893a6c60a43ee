"""What is asked of the figures, and what a statement is told of it.

To put a statement together costs the processor as much as three round trips to the database. So one
is put together for each shape of a question, and what differs within a shape is bound to it.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import BigInteger, Date, Text, bindparam

from app.stats.rules.areas import Depth, code_length
from app.stats.rules.periods import EARLIEST, LATEST, Period
from app.stats.rules.units import Unit

AREA: Final = bindparam("area", type_=Text)
PROVINCE_AROUND: Final = bindparam("province_around", type_=Text)
ELECTION: Final = bindparam("election", type_=Text)
SINCE: Final = bindparam("since", type_=Date)
UNTIL: Final = bindparam("until", type_=Date)
SINCE_CODE: Final = bindparam("since_code", type_=Text)
UNTIL_CODE: Final = bindparam("until_code", type_=Text)
SNAPSHOT: Final = bindparam("snapshot", type_=BigInteger)

_ANY_REGION: Final = "00.00.00.0000"
_ANY_ELECTION: Final = ""
_ANY_SNAPSHOT: Final = 0

once_for_each_shape: Final = lru_cache(maxsize=300)
"""Statements of 34 to 138 kB each; a dashboard asks for some dozens of shapes."""


@dataclass(frozen=True)
class Question:
    """What is counted, where, when, in which election (None: in all), and as of which fold."""

    unit: Unit
    area: str
    period: Period
    election: str | None = None
    snapshot: int | None = None

    @property
    def shape(self) -> "Question":
        """The question that stands for all that only differ in their `values`."""
        since, until = self.period.since, self.period.until
        return Question(
            self.unit,
            _ANY_REGION[: len(self.area)],
            Period(since and EARLIEST, until and LATEST),
            None if self.election is None else _ANY_ELECTION,
            None if self.snapshot is None else _ANY_SNAPSHOT,
        )

    @property
    def values(self) -> dict[str, Any]:
        """What a statement of this shape is told."""
        since, until = self.period.since, self.period.until
        return {
            AREA.key: self.area,
            PROVINCE_AROUND.key: self.area[: code_length(Depth.PROVINCE)],
            ELECTION.key: self.election,
            SINCE.key: since,
            UNTIL.key: until,
            SINCE_CODE.key: str(since or date.min),
            UNTIL_CODE.key: str(until or date.max),
            SNAPSHOT.key: self.snapshot,
        }
