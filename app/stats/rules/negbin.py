"""Counts that are uncertain: the negative binomial with a given mean and variance, exactly.

A gamma rate seen through a Poisson count is negative binomial; without uncertainty of the rate it
is the Poisson. Plain arithmetic from the mode outwards, so that means of thousands neither
underflow nor need a library (docs/decisions/forecast-model.md).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SHARES: Final = (0.5, 0.9)
"""The bands that every forecast has."""

_NEGLIGIBLE: Final = 1e-16
_CERTAIN: Final = 1e-9
"""Below this a mean is no count at all, and above it a variance is more than the Poisson's."""


@dataclass(frozen=True)
class Band:
    """From `low` to `high`, both included; `holds` is the probability of these counts.

    Counts are whole, so a band holds at least its share, and of small counts much more.
    """

    share: float
    low: int
    high: int
    holds: float


@dataclass(frozen=True)
class Predictive:
    """How many there may be: a negative binomial of this mean and variance."""

    mean: float
    variance: float

    def bands(self, known: int = 0) -> list[Band]:
        """The central bands, each inside the next; `known` are there already and are added."""
        edges = [edge for share in SHARES for edge in ((1 - share) / 2, (1 + share) / 2)]
        found = self.quantiles(sorted(edges))
        return [
            self._band(share, found[(1 - share) / 2], found[(1 + share) / 2], known)
            for share in SHARES
        ]

    def quantiles(self, wanted: list[float]) -> dict[float, int]:
        """The smallest counts that are not exceeded with these probabilities, given in order."""
        found: dict[float, int] = {}
        below = 0.0
        for count, probability in self._from_below():
            below += probability
            while len(found) < len(wanted) and below >= wanted[len(found)] - _CERTAIN:
                found[wanted[len(found)]] = count
            if len(found) == len(wanted):
                break
        return found

    def cdf(self, count: int) -> float:
        """The probability of at most so many."""
        total = 0.0
        for each, probability in self._from_below():
            if each > count:
                break
            total += probability
        return min(total, 1.0)

    def _band(self, share: float, low: int, high: int, known: int) -> Band:
        holds = self.cdf(high) - self.cdf(low - 1)
        return Band(share, low + known, high + known, holds)

    def _from_below(self) -> Iterator[tuple[int, float]]:
        """Every count that has a probability worth adding, and on and on."""
        if self.mean < _CERTAIN:
            yield from ((count, float(count == 0)) for count in range(2))
            return
        size, growth = self._shape()
        mode = self._mode(size)
        top = self._at(mode, size)
        count, probability = mode, top
        while count > 0 and probability > _NEGLIGIBLE * top:
            probability *= count / growth(count - 1)
            count -= 1
        while probability > 0:
            yield count, probability
            probability *= growth(count) / (count + 1)
            count += 1

    def _shape(self) -> "tuple[float, _Growth]":
        excess = self.variance - self.mean
        size = math.inf if excess < _CERTAIN * self.mean else self.mean**2 / excess
        return size, _Growth(self.mean, size)

    def _mode(self, size: float) -> int:
        return int(self.mean if math.isinf(size) else max(0.0, (size - 1) * self.mean / size))

    def _at(self, count: int, size: float) -> float:
        """The probability of exactly so many, by logarithms."""
        if math.isinf(size):
            log = count * math.log(self.mean) - self.mean - math.lgamma(count + 1)
        else:
            ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
            odds = count * math.log(self.mean / (size + self.mean))
            log = ways + odds - size * math.log1p(self.mean / size)
        return math.exp(log)


@dataclass(frozen=True)
class _Growth:
    """(n + 1) P(n + 1) / P(n), of which every further probability follows."""

    mean: float
    size: float

    def __call__(self, count: int) -> float:
        if math.isinf(self.size):
            return self.mean
        return (count + self.size) * self.mean / (self.size + self.mean)
