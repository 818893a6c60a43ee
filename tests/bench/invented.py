"""Complaints by the million, invented: skewed like real ones, and the same in every run."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final
from uuid import UUID

from app.complaints.rules.procedure import Capacity, Channel, Kind, Status
from app.complaints.schemas.filing import (
    ComplaintIn,
    ReportedEventIn,
    ReportedPersonIn,
    ReporterIn,
)

FIRST_DAY: Final = datetime(2023, 1, 1, tzinfo=UTC)
DAYS: Final = 700
WORDS: Final = 20_000
NAMES: Final = 4_000
_SYLLABLES: Final = [a + b for a in "bcdghjklmnprstw" for b in "aeiou"]
_POSITIONS: Final = ("Camat", "Lurah", "Kepala Dinas", "Guru", "Kepala Seksi", "Sekretaris Camat")
_STATUSES: Final = {
    Kind.REPORT: (Status.SUBMITTED, Status.INITIAL_REVIEW),
    Kind.INITIAL_INFORMATION: (Status.RECEIVED, Status.TRACING),
}


@dataclass(frozen=True)
class Home:
    """A regency or city, its districts, and the office that handles what happens there."""

    region_id: int
    region_code: str
    districts: Sequence[str]
    office_id: UUID


@dataclass(frozen=True)
class Invented:
    """One complaint as a phone would send it, and what the office made of it since."""

    form: ComplaintIn
    home: Home
    submitted_at: datetime
    kind: Kind
    status: Status


class Inventor:
    """Draws complaints; equal seeds draw equal ones.

    Words and names follow Zipf's law, as those of real texts do: the commonest word stands in
    four of five accounts, most of the others in a few.
    """

    def __init__(self, homes: Sequence[Home], seed: int) -> None:
        self.homes = homes
        self.chance = random.Random(seed)  # noqa: S311  no secrets are drawn here
        self.words = vocabulary()
        self.names = [word.capitalize() for word in _vocabulary(NAMES, 2, 3)]
        self.word_weights = _zipf(WORDS)
        self.name_weights = _zipf(NAMES)
        self.home_weights = _zipf(len(homes), flat=20)

    def draw(self, number: int) -> Iterator[Invented]:
        for _ in range(number):
            yield self._one()

    def _one(self) -> Invented:
        chance = self.chance
        home = chance.choices(self.homes, cum_weights=self.home_weights)[0]
        submitted_at = FIRST_DAY + timedelta(seconds=chance.randrange(DAYS * 86_400))
        known_on = submitted_at.date() - timedelta(days=chance.randrange(10))
        has_reporter = chance.random() < 0.5
        kind = Kind.REPORT if has_reporter else Kind.INITIAL_INFORMATION
        return Invented(
            form=ComplaintIn(
                channel=chance.choice((Channel.APP, Channel.WEB)),
                election_code="pilkada-2024",
                event=self._event(home, known_on),
                reported_persons=[self._reported()],
                reporter=self._reporter() if has_reporter else None,
                statement_of_truth=True,
            ),
            home=home,
            submitted_at=submitted_at,
            kind=kind,
            status=_STATUSES[kind][chance.random() < 0.97],
        )

    def _event(self, home: Home, known_on: date) -> ReportedEventIn:
        return ReportedEventIn(
            what=self._text(8),
            region_code=self.chance.choice(home.districts),
            place=self._text(4),
            occurred_on=known_on - timedelta(days=self.chance.randrange(3)),
            known_on=known_on,
            account=self._text(self.chance.randrange(40, 90)),
        )

    def _reported(self) -> ReportedPersonIn:
        number = f"{self.chance.randrange(10**14):014d}1{self.chance.randrange(1000):03d}"
        return ReportedPersonIn(
            name=self._name(),
            position=self.chance.choice(_POSITIONS),
            office=f"Kantor {self._name()}",
            employee_number=number if self.chance.random() < 0.3 else None,
        )

    def _reporter(self) -> ReporterIn:
        return ReporterIn(
            name=self._name(),
            capacity=Capacity.VOTER,
            address=self._text(4),
            phone=f"+62 8{self.chance.randrange(10**10):010d}",
        )

    def _name(self) -> str:
        return " ".join(self.chance.choices(self.names, cum_weights=self.name_weights, k=2))

    def _text(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.word_weights, k=length))


def vocabulary() -> list[str]:
    """The words of all accounts, the commonest first."""
    return _vocabulary(WORDS, 2, 4)


def _vocabulary(size: int, shortest: int, longest: int) -> list[str]:
    chance = random.Random(size)  # noqa: S311
    words: dict[str, None] = {}
    while len(words) < size:
        length = chance.randint(shortest, longest)
        words["".join(chance.choices(_SYLLABLES, k=length))] = None
    return list(words)


def _zipf(size: int, flat: float = 2.0) -> list[float]:
    """Cumulated weights; a larger `flat` makes the first less common."""
    return list(accumulate(1 / (rank + flat) for rank in range(size)))
