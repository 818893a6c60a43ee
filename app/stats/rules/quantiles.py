"""Quantiles of a histogram, exact: each is a number that was measured."""

from collections.abc import Mapping


def quantile(histogram: Mapping[int, int], percent: int) -> int | None:
    """The smallest value that at least so many percent do not exceed (nearest rank)."""
    whole, passed = sum(histogram.values()), 0
    for value, count in sorted(histogram.items()):
        passed += count
        if count and passed * 100 >= whole * percent:
            return value
    return None


def share(part: int, whole: int) -> float | None:
    """As a fraction with four digits; of nothing there is no share."""
    return round(part / whole, 4) if whole else None
