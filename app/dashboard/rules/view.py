"""Everything the page shows, as plain values: what is drawn from them asks nobody anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.core.texts import Text
from app.dashboard.rules.pick import Pick


@dataclass(frozen=True)
class Amount:
    """How many there are; where the number is withheld, the bounds that are told of it, if any."""

    at_least: int
    at_most: int | None

    @property
    def exact(self) -> int | None:
        return self.at_least if self.at_least == self.at_most else None

    @property
    def top(self) -> int:
        """How far a drawing reaches: the upper bound, or what is certain."""
        return self.at_least if self.at_most is None else self.at_most


WITHHELD: Final = Amount(0, None)
"""A number of which nothing at all is told."""


@dataclass(frozen=True)
class Told:
    """What goes with every number: what it counts, up to when, how much of the area speaks."""

    unit: Text
    definition: Text
    version: int
    as_of: datetime
    coverage: Text
    notes: Sequence[Text] = ()
    data: str = ""
    """The address of the same numbers for machines; empty where there is none."""
    frozen: str = ""
    """The address of this day's table, which never changes: what a quotation points to."""


@dataclass(frozen=True)
class Figure:
    """One number of a unit, or, without an amount, a unit of which nothing is published here."""

    unit: str
    label: Text
    amount: Amount | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Tile:
    """One region of the map: without an amount there are no data, which is not zero."""

    code: str
    short: str
    name: Text
    amount: Amount | None = None
    takes_part: bool = True
    picked: bool = False
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class TileMap:
    title: Text
    unit: Text
    """What one of them is called; `units` are several."""
    units: Text
    tiles: Sequence[Tile]
    around: Tile | None = None
    """What concerns the area as a whole and lies in none of the tiles."""
    told: Told | None = None


@dataclass(frozen=True)
class Stage:
    """A stage of the election behind the series, its first and last day included."""

    label: Text
    first: date
    last: date


@dataclass(frozen=True)
class Week:
    first: date
    amount: Amount


@dataclass(frozen=True)
class Expected:
    """What the model expects of a week: the middle, and the bands of 50 and 90 percent."""

    first: date
    middle: float
    half: tuple[float, float]
    most: tuple[float, float]


@dataclass(frozen=True)
class Series:
    weeks: Sequence[Week] = ()
    stages: Sequence[Stage] = ()
    voting_on: date | None = None
    expected: Sequence[Expected] = ()
    expected_told: Text | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Step:
    """One step of the way from a report to a sanction."""

    label: Text
    meaning: Text
    amount: Amount | None = None


@dataclass(frozen=True)
class Funnel:
    steps: Sequence[Step] = ()
    told: Told | None = None


@dataclass(frozen=True)
class Clock:
    """How often a deadline of the law was kept, and how often it was not."""

    label: Text
    kept: Amount
    broken: Amount


@dataclass(frozen=True)
class Clocks:
    rows: Sequence[Clock] = ()
    told: Told | None = None


@dataclass(frozen=True)
class Drive:
    """A declaration, how many have signed it, and, where a roster is told, of how many."""

    title: str
    where: str
    on: date
    signed: int
    roster: tuple[int, int] | None
    """Of so many on the roster so many have signed: (targets, signed)."""
    data: str


@dataclass(frozen=True)
class Decision:
    """What was announced of a case; no person is named in it."""

    office: str
    said: Text
    on: date


@dataclass(frozen=True)
class Choice:
    """Something that can be picked: its value in the address, and its name."""

    value: str
    name: Text


@dataclass(frozen=True)
class View:
    pick: Pick
    heading: Text
    election: Text
    regions: Sequence[Choice]
    elections: Sequence[Choice]
    trail: Sequence[Choice]
    """The regions around the picked one, the nation first."""
    today: date
    home: str = ""
    """The public address of the service: what stands on paper has to be found again."""
    figures: Sequence[Figure] = ()
    map: TileMap | None = None
    series: Series = field(default_factory=Series)
    funnel: Funnel = field(default_factory=Funnel)
    clocks: Clocks = field(default_factory=Clocks)
    drives: Sequence[Drive] = ()
    decisions: Sequence[Decision] = ()
