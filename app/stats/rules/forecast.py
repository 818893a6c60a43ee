"""What to expect of each place: a gamma-Poisson model, drawn from place to province to nation.

A place that votes has a rate: how many cases (or persons) a whole season brings. The rates of the
places of a province are gamma distributed around the rate of the province, those of provinces
around the nation's, and the nation's around a baseline. Counts are Poisson, or wider where things
come in bundles: with a dispersion D, n of them weigh as much as n/D independent ones. So each
posterior is a gamma again, and what the levels share of their uncertainty is carried along.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.stats.rules.delays import Exposure
from app.stats.rules.negbin import Predictive
from app.stats.rules.spreads import Place, Prior, grouped, learn, total

_ROUNDS: Final = 4
"""The weights depend on the rate that they give; after so many rounds it stands still."""


@dataclass(frozen=True)
class Rate:
    """A gamma by its mean and variance; `own` is the weight of the own history, from 0 to 1."""

    mean: float
    variance: float
    own: float

    @property
    def spread(self) -> float:
        return self.variance / self.mean**2


@dataclass(frozen=True)
class Fit:
    """The rates of all levels, and what was learnt of how they vary."""

    nation: Rate
    provinces: Mapping[str, Rate]
    places: Mapping[str, Rate]
    group_of: Mapping[str, str]
    learnt: Prior


def fit(places: Sequence[Place], prior: Prior) -> Fit:
    """Learn the rates from what was recorded."""
    groups = grouped(places)
    learnt = learn(groups, prior)
    nation = _nation(groups, learnt)
    provinces = {code: _province(members, nation, learnt) for code, members in groups.items()}
    rates = {each.code: _place(each, provinces[each.group], learnt) for each in places}
    return Fit(nation, provinces, rates, {each.code: each.group for each in places}, learnt)


@dataclass
class Outlook:
    """What is still to be recorded, added up over any places and weeks."""

    fit: Fit
    mean: float = 0.0
    _ahead: float = 0.0
    _doubt: float = 0.0
    _common: float = 0.0
    _own: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _shared: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, code: str, exposure: Exposure) -> None:
        """Add what a place still brings: late records, and what happens from now on."""
        rate, group = self.fit.places[code], self.fit.group_of[code]
        left = exposure.late + exposure.ahead
        drawn = rate.mean * left * (1.0 - rate.own)
        self.mean += rate.mean * left
        self._ahead += rate.mean * exposure.ahead
        self._doubt += rate.mean * exposure.doubt
        self._own[code] += left
        self._shared[group] += drawn
        self._common += drawn * (1.0 - self.fit.provinces[group].own)

    def predictive(self) -> Predictive:
        """The negative binomial with this mean and all that makes it uncertain."""
        fit = self.fit
        own = sum(fit.places[code].variance * left**2 for code, left in self._own.items())
        shared = sum(fit.provinces[code].spread * drawn**2 for code, drawn in self._shared.items())
        common = fit.nation.spread * self._common**2
        drift = fit.learnt.drift * self._ahead**2
        # Bundles tell as little of delays as they do of rates.
        doubt = fit.learnt.dispersion * self._doubt**2
        of_rates = own + shared + common + drift + doubt
        return Predictive(self.mean, fit.learnt.dispersion * self.mean + of_rates)


def outlook(fit: Fit, parts: Iterable[tuple[str, Exposure]]) -> Outlook:
    found = Outlook(fit)
    for code, exposure in parts:
        found.add(code, exposure)
    return found


def _posterior(shape: float, mean: float, count: float, exposure: float) -> Rate:
    """Gamma before, Poisson in between, gamma after."""
    scale = shape / mean + exposure
    rate = (shape + count) / scale
    return Rate(rate, rate / scale, exposure / scale)


def _place(place: Place, province: Rate, learnt: Prior) -> Rate:
    weight = 1.0 / learnt.dispersion
    shape = 1.0 / learnt.place_spread
    return _posterior(shape, province.mean, place.count * weight, place.exposure * weight)


def _province(members: Sequence[Place], nation: Rate, learnt: Prior) -> Rate:
    weight = 1.0 / _dispersion_of(members, nation.mean, learnt)
    count, exposure = total(members)
    shape = 1.0 / learnt.province_spread
    return _posterior(shape, nation.mean, count * weight, exposure * weight)


def _nation(groups: Mapping[str, Sequence[Place]], learnt: Prior) -> Rate:
    shape = 1.0 / learnt.rate_spread
    found = _posterior(shape, learnt.rate, 0.0, 0.0)
    for _ in range(_ROUNDS):
        count = exposure = 0.0
        for members in groups.values():
            seen, could = total(members)
            within = _dispersion_of(members, found.mean, learnt)
            weight = 1.0 / (within + learnt.province_spread * found.mean * could)
            count += seen * weight
            exposure += could * weight
        found = _posterior(shape, learnt.rate, count, exposure)
    return found


def _dispersion_of(members: Sequence[Place], rate: float, learnt: Prior) -> float:
    """How much wider than Poisson the sum of these places is: their rates differ."""
    exposure = sum(each.exposure for each in members)
    squares = sum(each.exposure**2 for each in members)
    wider = learnt.place_spread * rate * squares / exposure if exposure else 0.0
    return learnt.dispersion + wider
