"""When in an election season acts happen: a profile of intensity over its stages, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.core.days import day as day_text
from app.core.texts import Text
from app.elections.rules import Scheduled, StageCode

WEEK: Final = 7
WEEKS_BEFORE: Final = 48
"""A season is the week of voting and so many weeks before it: what 1,010 of 2020 is spread over."""


class Phase(StrEnum):
    """The parts of a season between which the intensity changes."""

    BEFORE = "before_registration"
    REGISTRATION = "from_registration"
    CAMPAIGN_FIRST = "campaign_first_half"
    CAMPAIGN_SECOND = "campaign_second_half"
    POLLING = "from_quiet_period"


PHASES: Final[Mapping[StrEnum, Text]] = {
    Phase.BEFORE: Text("Sebelum pendaftaran calon", "Before candidates register"),
    Phase.REGISTRATION: Text("Pendaftaran sampai penetapan", "Registration to determination"),
    Phase.CAMPAIGN_FIRST: Text("Paruh pertama kampanye", "First half of the campaign"),
    Phase.CAMPAIGN_SECOND: Text("Paruh kedua kampanye", "Second half of the campaign"),
    Phase.POLLING: Text("Masa tenang dan pemungutan suara", "Quiet period and voting"),
}


@dataclass(frozen=True)
class Intensity:
    """How many a day, compared with the other phases, and where that comes from."""

    weight: float
    source: Text


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {"season_phase": PHASES}

Intensities = Mapping[Phase, Intensity]


@dataclass(frozen=True)
class Season:
    """From a Monday to the Sunday after voting; `shares` is how much of it each day holds."""

    first: date
    voting_on: date
    shares: tuple[float, ...]
    phases: tuple[Phase, ...]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.shares) - 1)

    @property
    def weeks(self) -> int:
        return len(self.shares) // WEEK

    def week_of(self, day: date) -> int:
        return (day - self.first).days // WEEK

    def monday(self, week: int) -> date:
        return self.first + timedelta(weeks=week)

    def phase_of(self, week: int) -> Phase:
        """The phase that most of its days are in, the later one where two have as many."""
        days = self.phases[week * WEEK : (week + 1) * WEEK]
        return max(reversed(Phase), key=days.count)


def first_monday(voting_on: date) -> date:
    return _monday(voting_on) - timedelta(weeks=WEEKS_BEFORE)


def season_of(calendar: Sequence[Scheduled], voting_on: date, intensities: Intensities) -> Season:
    """Spread one season over its days by the stages of one place; the shares add up to 1."""
    first = first_monday(voting_on)
    days = [first + timedelta(days=each) for each in range((WEEKS_BEFORE + 1) * WEEK)]
    edges = _edges(calendar, voting_on)
    phases = tuple(_phase(edges, day) for day in days)
    weights = [intensities[phase].weight for phase in phases]
    whole = sum(weights)
    return Season(first, voting_on, tuple(weight / whole for weight in weights), phases)


def week_label(monday: date) -> str:
    """As ISO 8601 names it: 2024-W47."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_text(monday: date) -> Text:
    first = day_text(monday)
    return Text(f"Pekan mulai {first.id}", f"Week from {first.en}")


def _edges(calendar: Sequence[Scheduled], voting_on: date) -> list[tuple[date, Phase]]:
    """From which day on each phase runs, as far as the calendar knows it, latest first."""
    begun = {each.stage: each.from_on for each in calendar if each.from_on is not None}
    ended = {each.stage: each.to_on for each in calendar if each.to_on is not None}
    edges = []
    campaign, end = begun.get(StageCode.CAMPAIGN), ended.get(StageCode.CAMPAIGN)
    if campaign is not None and end is not None:
        half = campaign + timedelta(days=((end - campaign).days + 1) // 2)
        edges = [
            (end + timedelta(days=1), Phase.POLLING),
            (half, Phase.CAMPAIGN_SECOND),
            (campaign, Phase.CAMPAIGN_FIRST),
        ]
    else:
        edges = [(voting_on, Phase.POLLING)]
    registration = begun.get(StageCode.REGISTRATION_ANNOUNCEMENT, begun.get(StageCode.REGISTRATION))
    return [*edges, (registration, Phase.REGISTRATION)] if registration else edges


def _phase(edges: Sequence[tuple[date, Phase]], day: date) -> Phase:
    return next((phase for since, phase in edges if day >= since), Phase.BEFORE)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
