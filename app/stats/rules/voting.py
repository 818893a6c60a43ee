"""Which places a forecast tells apart: the regencies, cities and provinces that vote."""

from collections.abc import Collection, Iterable, Mapping

from app.core.places import NATION

_PROVINCE = 2
_REGENCY = 5


def place_of(region_code: str, voting: Collection[str]) -> str:
    """The voting regency or city of a place, or else its province, or the nation for itself."""
    regency, province = region_code[:_REGENCY], region_code[:_PROVINCE]
    return regency if regency in voting else province


def group_of(place: str) -> str:
    """The province in which a place lies; the nation is a group by itself."""
    return place[:_PROVINCE]


def gather(
    counted: Mapping[tuple[str, int], int], voting: Iterable[str], weeks: int
) -> dict[str, list[int]]:
    """Counts by place and week, also of places with none; what lies elsewhere keeps a place."""
    areas = {code for code in voting if code != NATION}
    found = {code: [0] * weeks for code in sorted(areas)}
    for (region_code, week), count in counted.items():
        weekly = found.setdefault(place_of(region_code, areas), [0] * weeks)
        weekly[week] += count
    return found
