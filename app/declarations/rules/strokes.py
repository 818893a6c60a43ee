"""A signature drawn on a screen: lines of points in a field of 1,000 by 1,000."""

from collections.abc import Sequence
from typing import Final, TypeAlias

FIELD: Final = 1_000
MOST_STROKES: Final = 100
MOST_POINTS: Final = 1_300
"""Of all strokes together: as JSON less than 16 kB."""

Point: TypeAlias = tuple[int, int]
Strokes: TypeAlias = Sequence[Sequence[Point]]


def count_points(strokes: Strokes) -> int:
    return sum(len(stroke) for stroke in strokes)


def svg_path(strokes: Strokes) -> str:
    """The `d` of an SVG path in the view box `0 0 1000 1000`: only digits, M and L."""
    return "".join(_line(stroke) for stroke in strokes)


def svg_picture(strokes: Strokes) -> str:
    """The drawing as a picture by itself."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FIELD} {FIELD}">'
        f'<path d="{svg_path(strokes)}" fill="none" stroke="#111" stroke-width="8"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _line(stroke: Sequence[Point]) -> str:
    (x, y), *rest = stroke
    # A dot is a line to itself, which round line ends show.
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest or [(x, y)])
