"""A forecast for everybody: made of nothing but what was published, so it can tell nothing more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.core.places import NATION, area_of, lies_in
from app.stats.rules.delays import Exposure, exposures, usual, whole
from app.stats.rules.forecast import Fit, fit, outlook
from app.stats.rules.negbin import Predictive
from app.stats.rules.seasons import Season
from app.stats.rules.spreads import Place, Prior
from app.stats.rules.voting import group_of

_OF_ALL: Final = f"{NATION}.00"
"""Where the table counts what concerns the whole country."""

Published = Mapping[str, int | None]
"""Totals of provinces as a public table shows them; None where withheld, missing where the table
says nothing at all."""

_ALIKE: Final = 0.01

_LEAST: Final = 1.0
_GUESSED: Final = 2.5
"""What a withheld province has where nothing tells: mostly 1 to 4, whatever its size."""


@dataclass(frozen=True)
class PublicOutlook:
    """What is still to be recorded of each province that votes, and of all of them."""

    season: Season
    as_of: date
    fit: Fit
    sizes: Mapping[str, int]
    withheld: frozenset[str]
    weeks: tuple[Exposure, ...]

    def week(self, region_code: str, week: int) -> Predictive:
        return self._of(region_code, self.weeks[week])

    def rest(self, region_code: str) -> Predictive:
        """Everything from now on."""
        return self._of(region_code, whole(self.weeks))

    def coming(self) -> range:
        """The weeks that are not over."""
        first = self.season.week_of(self.as_of) + (self.as_of.weekday() + 1) // 7
        return range(max(first, 0), self.season.weeks)

    def _of(self, region_code: str, left: Exposure) -> Predictive:
        area = area_of(region_code)
        inside = [(code, size) for code, size in self.sizes.items() if lies_in(code, area)]
        return outlook(self.fit, ((code, left.scaled(size)) for code, size in inside)).predictive()


def of_provinces(shown: Published, voting: Iterable[str]) -> Published:
    """The totals of the provinces in which somebody votes, and of the nation without all others.

    Of what is not shown there is none.
    """
    found = {code: shown.get(code, 0) for code in sorted({group_of(each) for each in voting})}
    nation = shown.get(NATION, 0)
    # Cases of the whole country, and of provinces where nobody votes.
    others = {*(code for code in shown if len(code) == len(NATION)), _OF_ALL} - {NATION, *found}
    elsewhere = sum(_or_guessed(shown.get(code, 0)) for code in others)
    return {**found, NATION: None if nation is None else nation - round(elsewhere)}


def public_outlook(
    published: Published, voting: Iterable[str], season: Season, prior: Prior, as_of: date
) -> PublicOutlook:
    """Foresee the provinces from their published totals, all at the usual delay.

    Those whose totals are withheld are mostly small: unknown at random, they would be foreseen
    like the others. They share by their size what the total of the nation leaves for them, for the
    sum of the nation alone; none of them is shown itself.
    """
    sizes = Counter(group_of(code) for code in voting if code != NATION)
    weeks = exposures(season.shares, (as_of - season.first).days, usual())
    seen = whole(weeks).seen
    withheld = {code: n for code, n in sizes.items() if published.get(code, 0) is None}
    counts = {code: published.get(code) for code in sizes} | _shares(withheld, published)
    places = [_province(code, size * seen, counts[code]) for code, size in sizes.items()]
    # Provinces are the places here, and the nation is the one group that they are drawn to.
    spread = prior.province_spread + prior.place_spread / 10
    learnt = fit(places, replace(prior, place_spread=spread, province_spread=_ALIKE))
    known = dict(sorted(sizes.items()))
    return PublicOutlook(season, as_of, learnt, known, frozenset(withheld), tuple(weeks))


def _shares(withheld: Mapping[str, int], published: Published) -> dict[str, float]:
    """Part what is left for the withheld provinces by their size."""
    nation = published.get(NATION)
    left = _GUESSED * len(withheld)
    if nation is not None:
        # Shown counts may be up to 4 too many, so the rest may be less than there must be.
        shown = sum(each or 0 for code, each in published.items() if code != NATION)
        left = max(float(nation - shown), _LEAST * len(withheld))
    whole_size = sum(withheld.values())
    return {code: left * size / whole_size for code, size in withheld.items()}


def _or_guessed(count: int | None) -> float:
    return _GUESSED if count is None else count


def _province(code: str, exposure: float, count: float | None) -> Place:
    # Before the season nothing can be seen of it, whatever was recorded of earlier acts.
    if count is None or not exposure:
        return Place(code, NATION, [0], [0.0])
    return Place(code, NATION, [count], [exposure])
