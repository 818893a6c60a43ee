"""What still waits for somebody, and for how many days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.cases.rules.states import OPEN as OPEN_CASES
from app.consultations.rules.questions import ConsultationState
from app.core.texts import Text
from app.referrals.rules.states import FINAL, FollowUpStatus
from app.referrals.rules.states import WAITING as WAITING_REFERRALS
from app.stats.rules.dimensions import UNKNOWN, Dimension
from app.stats.rules.steps import DeadlineOutcome
from app.stats.rules.units import Unit


class Band(NamedTuple):
    """So many days, both ends included; None: and more."""

    first: int
    last: int | None

    @property
    def key(self) -> str:
        return f"{self.first}-{self.last}" if self.last is not None else f"{self.first}+"


BANDS: Final = (Band(0, 7), Band(8, 14), Band(15, 30), Band(31, 60), Band(61, None))


class Waiting(StrEnum):
    OPEN_CASE = "open_case"
    AWAITING_AUTHORITY = "awaiting_authority"
    PERSON_AWAITING_AUTHORITY = "person_awaiting_authority"
    RUNNING_DEADLINE = "running_deadline"
    UNANSWERED_CONSULTATION = "unanswered_consultation"


class Wait(NamedTuple):
    """The things of a unit that have one of these codes wait, since the day they count for."""

    unit: Unit
    by: Dimension
    codes: frozenset[str]


WAITS: Final[Mapping[Waiting, Wait]] = {
    Waiting.OPEN_CASE: Wait(Unit.CASE, Dimension.STATUS, frozenset(map(str, OPEN_CASES))),
    Waiting.AWAITING_AUTHORITY: Wait(
        Unit.REFERRAL,
        Dimension.STATUS,
        frozenset(map(str, WAITING_REFERRALS)),
    ),
    Waiting.PERSON_AWAITING_AUTHORITY: Wait(
        Unit.PERSON,
        Dimension.FOLLOW_UP,
        frozenset({*map(str, {*FollowUpStatus} - FINAL), UNKNOWN}),
    ),
    Waiting.RUNNING_DEADLINE: Wait(
        Unit.DEADLINE, Dimension.OUTCOME, frozenset({DeadlineOutcome.RUNNING.value})
    ),
    Waiting.UNANSWERED_CONSULTATION: Wait(
        Unit.CONSULTATION,
        Dimension.STATUS,
        frozenset({ConsultationState.SUBMITTED.value}),
    ),
}
WAITING: Final[Mapping[StrEnum, Text]] = {
    Waiting.OPEN_CASE: Text(
        "Perkara yang belum diputus, sejak dibuka", "Cases not decided yet, since they were opened"
    ),
    Waiting.AWAITING_AUTHORITY: Text(
        "Penerusan yang belum dijawab instansi, sejak diteruskan",
        "Referrals that the authority has not answered, since they were forwarded",
    ),
    Waiting.PERSON_AWAITING_AUTHORITY: Text(
        "Terlapor yang menunggu putusan instansi, sejak disebut dalam perkara",
        "Persons awaiting the authority's decision, since they were named in the case",
    ),
    Waiting.RUNNING_DEADLINE: Text(
        "Tenggat yang masih berjalan, sejak mulai", "Deadlines that still run, since they began"
    ),
    Waiting.UNANSWERED_CONSULTATION: Text(
        "Konsultasi yang belum dijawab, sejak diajukan",
        "Consultations without an answer, since they were asked",
    ),
}
LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {"waiting": WAITING}


def band_of(days: int) -> Band:
    """The band of an age; what begins only tomorrow is as young as what began today."""
    age = max(days, 0)
    return next(band for band in BANDS if band.last is None or age <= band.last)


def by_band(began: Iterable[tuple[date, int]], today: date) -> dict[Band, int]:
    """Count what began on these days by its age; a band without any is there too."""
    counts = Counter(dict.fromkeys(BANDS, 0))
    for day, count in began:
        counts[band_of((today - day).days)] += count
    return dict(counts)
