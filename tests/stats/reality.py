"""The forecast as it would have been on days of 2020 and 2024, against what was published later."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from app.elections.files import read_stages
from app.elections.rules import calendar_of
from app.stats.files.starting import read_baselines, read_intensities
from app.stats.rules.delays import Exposure
from app.stats.rules.forecast import fit, outlook
from app.stats.rules.negbin import Band
from app.stats.rules.seasons import Season, season_of
from app.stats.rules.spreads import Place, Prior

BY_CODE: Final = {each.code: each for each in read_baselines()}
BEFORE_ALL: Final = None


class Question(NamedTuple):
    """From one published figure (None: from nothing) to a later one, at the rate of a third."""

    name: str
    known: str | None
    came: str
    basis: str
    bundles: bool = False


class Verdict(NamedTuple):
    question: Question
    known: int
    expected: float
    bands: list[Band]
    came: int

    @property
    def held(self) -> str:
        """The narrower band that holds what came."""
        inside = (each for each in self.bands if each.low <= self.came <= each.high)
        return next((f"{100 * each.share:.0f} %" for each in inside), "none")


QUESTIONS: Final = (
    Question("2020, cases, before anything", BEFORE_ALL, "2020-quoted-1010", "2018-cases"),
    Question("2020, cases, from 3 April", "2020-04-03-all", "2020-10-04-all", "2018-cases"),
    Question("2020, cases, from 3 April", "2020-04-03-all", "2020-quoted-1010", "2018-cases"),
    Question("2020, cases, from 4 October", "2020-10-04-all", "2020-quoted-1010", "2018-cases"),
    Question(
        "2020, cases, from 4 October, against recommendations",
        "2020-10-04-all",
        "2020-12-19-recommendation",
        "2018-cases",
    ),
    *(
        Question(f"2020, persons of KASN, from {known}", known, came, "2018-cases", bundles=True)
        for known, came in (
            ("2020-06-26-reported", "2020-07-31-reported"),
            ("2020-07-31-reported", "2020-11-05-reported"),
            ("2020-11-05-reported", "2020-11-26-reported"),
            ("2020-11-26-reported", "2020-12-19-kasn-reported"),
            ("2020-06-26-reported", "2020-12-19-kasn-reported"),
        )
    ),
    Question("2024, cases, before anything", BEFORE_ALL, "2024-12-02-all", "2020-quoted-1010"),
    Question(
        "2024, cases, from 18 September", "2024-09-18-report", "2024-12-02-all", "2020-quoted-1010"
    ),
    Question(
        "2024, persons, before anything",
        BEFORE_ALL,
        "2024-12-05-persons",
        "2020-12-19-recommended-persons",
        bundles=True,
    ),
)


def verdicts() -> Iterator[Verdict]:
    for question in QUESTIONS:
        yield _answer(question)


def _answer(question: Question) -> Verdict:
    """The whole country as one place: no snapshot tells all regions."""
    came, basis = BY_CODE[question.came], BY_CODE[question.basis]
    season, areas = _season(came.election_code), came.voting_regions or 1
    known, seen = 0, 0.0
    if question.known is not None:
        start = BY_CODE[question.known]
        known, seen = int(start.figure), _share(season, start.cut_off)
    left = _share(season, came.cut_off) - seen
    rate = basis.figure / (basis.voting_regions or 1)
    prior = Prior(
        rate, province_spread=0.01, place_spread=0.01, dispersion=2.0 if question.bundles else 1.0
    )
    found = fit([Place("00", "00", [known], [seen * areas])], prior)
    rest = outlook(found, [("00", Exposure(0.0, 0.0, left * areas))]).predictive()
    return Verdict(question, known, known + rest.mean, rest.bands(known), int(came.figure))


def _season(code: str) -> Season:
    stages = [each for each in read_stages() if each.election_code == code]
    voting = {"pilkada-2020": date(2020, 12, 9), "pilkada-2024": date(2024, 11, 27)}
    return season_of(calendar_of(stages, "00"), voting[code], read_intensities())


def _share(season: Season, day: date | None) -> float:
    """How much of a season is over at the end of a day; all of it where no day is known."""
    return 1.0 if day is None else sum(season.shares[: max((day - season.first).days + 1, 0)])
