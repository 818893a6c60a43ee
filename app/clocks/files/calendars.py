"""The calendars that we ship: they start from the `holidays` package, and decrees override."""

from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

import holidays

from app.clocks.files.rows import FOLDER, Row, read
from app.clocks.rules.calendars import Holiday, HolidayKind
from app.clocks.rules.norms import Confidence
from app.core.places import NATION

DECREES: Final = FOLDER / "holidays.csv"
PACKAGE: Final = Path(holidays.__file__).with_name("version.py")
"""Read again when it changes: a newer package may know more."""

YEARS: Final = range(2015, 2032)
"""From the first Pilkada of UU 1/2015 to the one that is expected next."""

_CATEGORIES: Final = {
    "public": HolidayKind.NATIONAL_HOLIDAY,
    "government": HolidayKind.JOINT_LEAVE,
}
_ESTIMATED: Final = " (perkiraan)"
_NAMED: Final = "holidays "
_VERSION: Final = version("holidays")


def read_holidays(file: Path = DECREES) -> list[Holiday]:
    """Every day off that we know, those of the decrees in the place of the package's.

    A year that the file decrees has the days of the file alone.
    """
    decreed = read(file, _decreed)
    years = {each.day.year for each in decreed}
    return decreed + [each for each in _packaged() if each.day.year not in years]


def is_packaged(holiday: Holiday) -> bool:
    """Whether we have a day from the package, and from no decree."""
    return holiday.source.startswith(_NAMED)


def _decreed(row: Row) -> Holiday:
    return Holiday(
        day=date.fromisoformat(row["day"]),
        kind=HolidayKind(row["kind"]),
        name=row["name"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        area_code=row["area_code"] or NATION,
    )


def _packaged() -> Iterator[Holiday]:
    for category, kind in _CATEGORIES.items():
        known = holidays.country_holidays("ID", years=YEARS, language="id", categories=(category,))
        for day, name in sorted(known.items()):
            yield Holiday(
                day=day,
                kind=kind,
                name=name.removesuffix(_ESTIMATED),
                source=f"{_NAMED}{_VERSION}{_said(name)}",
                confidence=_confidence(name),
            )


def _said(name: str) -> str:
    return ", estimated from the moon" if name.endswith(_ESTIMATED) else ""


def _confidence(name: str) -> Confidence:
    return Confidence.UNVERIFIED if name.endswith(_ESTIMATED) else Confidence.SECONDARY
