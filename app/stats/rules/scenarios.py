"""The announcement of 17 September 2024 with its arithmetic, beside the model's own expectation."""

from dataclasses import dataclass

from app.stats.rules.baselines import Baseline, per_region


@dataclass(frozen=True)
class Scenario:
    """A number that was announced, what it means for each voting region, and how it compares.

    `expected` is the part of the announced number that falls to `voting_regions` of the
    `regions_announced`, if all are alike; `unchanged` is what these regions would have at the rate
    of the baseline; `ratio` compares the two.
    """

    announced: float
    regions_announced: int
    per_region: float
    voting_regions: int
    expected: float
    baseline_per_region: float
    unchanged: float
    ratio: float


def scenario_of(announced: Baseline, baseline: Baseline, voting_regions: int) -> Scenario:
    """Spread an announced number evenly, for some of the regions that it was announced for."""
    each, before = per_region(announced), per_region(baseline)
    return Scenario(
        announced=announced.figure,
        regions_announced=announced.voting_regions or 1,
        per_region=each,
        voting_regions=voting_regions,
        expected=each * voting_regions,
        baseline_per_region=before,
        unchanged=before * voting_regions,
        ratio=each / before,
    )
