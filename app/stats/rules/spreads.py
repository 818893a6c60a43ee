"""How counts and rates vary: what is assumed of it, and what the counts tell by their moments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True)
class Prior:
    """What is assumed before anything is counted; the spreads are squared relative deviations."""

    rate: float
    rate_spread: float = 1.0
    province_spread: float = 1.0
    place_spread: float = 0.5
    dispersion: float = 1.0
    drift: float = 0.09


@dataclass(frozen=True)
class Place:
    """Something that votes: what was recorded of it by week, and what could be seen by week."""

    code: str
    group: str
    recorded: Sequence[float]
    seen: Sequence[float]

    @property
    def count(self) -> float:
        return sum(self.recorded)

    @property
    def exposure(self) -> float:
        return sum(self.seen)


def grouped(places: Sequence[Place]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for each in places:
        groups[each.group].append(each)
    return groups


def total(members: Sequence[Place]) -> tuple[float, float]:
    return sum(each.count for each in members), sum(each.exposure for each in members)


_COUNTS: Final = 30.0
"""So much that was counted weighs as much as the assumed dispersion."""
_SQUARES: Final = 5.0
"""So large a sum of squared expectations weighs as much as an assumed spread."""


def learn(groups: Mapping[str, Sequence[Place]], prior: Prior) -> Prior:
    """Estimate by moments how counts and rates vary; where little was counted, assume."""
    dispersion = _learn_dispersion(groups, prior)
    place = _learn_place_spread(groups, prior, dispersion)
    province = _learn_province_spread(groups, prior, dispersion, place)
    return replace(prior, province_spread=province, place_spread=place, dispersion=dispersion)


def _learn_dispersion(groups: Mapping[str, Sequence[Place]], prior: Prior) -> float:
    """Pearson: how far the weeks of a place lie from its own mean, in Poisson variances.

    Each place weighs as much as was counted there: a bundle of three is met thrice as often.
    """
    squares, weight = prior.dispersion * _COUNTS, _COUNTS
    for place in (each for members in groups.values() for each in members):
        if place.count and place.exposure:
            rate = place.count / place.exposure
            cells = [(n, rate * e) for n, e in zip(place.recorded, place.seen, strict=True) if e]
            # A single week is its own mean, and tells nothing of bundles.
            if len(cells) > 1:
                pearson = sum((n - m) ** 2 / m for n, m in cells)
                squares += place.count * pearson / (len(cells) - 1)
                weight += place.count
    return max(1.0, squares / weight)


def _learn_place_spread(
    groups: Mapping[str, Sequence[Place]], prior: Prior, dispersion: float
) -> float:
    """By how much more than chance the places of a province differ from each other."""
    excess, squares = prior.place_spread * _SQUARES, _SQUARES
    for members in groups.values():
        seen, could = total(members)
        if could and len(members) > 1:
            expected = [each.exposure * seen / could for each in members]
            freedom = (len(members) - 1) / len(members)
            excess += sum(
                (each.count - m) ** 2 - freedom * dispersion * m
                for each, m in zip(members, expected, strict=True)
            )
            squares += freedom * sum(m * m for m in expected)
    return max(_LEAST_SPREAD, excess / squares)


def _learn_province_spread(
    groups: Mapping[str, Sequence[Place]], prior: Prior, dispersion: float, place: float
) -> float:
    """The same of the provinces, after what their places differ by has been taken off."""
    totals = [(*total(members), members) for members in groups.values()]
    seen, could = sum(each[0] for each in totals), sum(each[1] for each in totals)
    excess, squares = prior.province_spread * _SQUARES, _SQUARES
    rate = seen / could if could else 0.0
    freedom = (len(totals) - 1) / len(totals) if totals else 0.0
    for count, exposure, members in totals:
        m = rate * exposure
        within = sum((rate * each.exposure) ** 2 for each in members) * place
        excess += (count - m) ** 2 - freedom * (dispersion * m + within)
        squares += freedom * m * m
    return max(_LEAST_SPREAD, excess / squares)


_LEAST_SPREAD: Final = 0.01
"""Places are never quite alike."""
