"""What the units of the page are called where there are several: English has a word for that."""

from collections.abc import Mapping
from typing import Final

from app.core.texts import Text
from app.stats.rules.units import UNITS, Unit

SHOWN: Final = (
    Unit.COMPLAINT,
    Unit.CASE,
    Unit.PERSON,
    Unit.SANCTION,
    Unit.EVENT,
    Unit.SIGNATURE,
)
"""The main figures, and what the map can show."""

MANY: Final[Mapping[Unit, Text]] = {
    each: Text(UNITS[each].id, f"{UNITS[each].en}s") for each in SHOWN
}
