"""Into which shade of the map a number falls: few shades, with bounds that are round."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

SHADES: Final = 5
"""So many that neighbours can be told apart on a projector and on paper."""

_ROUND: Final = (1, 2, 5)


def bounds_of(numbers: Iterable[int], shades: int = SHADES) -> tuple[int, ...]:
    """The least number of each shade, by quantiles that are rounded down to 1, 2 or 5 times a power
    of ten: counts of regions are so skewed that equal steps would leave one region dark."""
    counted = sorted(each for each in numbers if each > 0)
    if not counted:
        return ()
    quantiles = [counted[len(counted) * each // shades] for each in range(shades)]
    return tuple(sorted({rounded(each) for each in quantiles}))


def shade_of(number: int, bounds: Sequence[int]) -> int:
    """0 for none, then from 1 up, in the order of the bounds."""
    return max(1, bisect_right(bounds, number)) if number > 0 and bounds else 0


def rounded(number: int) -> int:
    """The greatest of 1, 2, 5, 10, 20, 50, … that is not above it; a positive number."""
    power: int = 10 ** (len(str(number)) - 1)
    return max(each * power for each in _ROUND if each * power <= number)


def top_of(number: float) -> int:
    """The least of 1, 2, 4, 5, 8, 10, 20, … that is not below it: where an axis ends."""
    power = 1
    while power * 10 < number:
        power *= 10
    return next(each * power for each in (1, 2, 4, 5, 8, 10) if each * power >= number)
