"""The fixed list of tables that everybody may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.core.errors import Fault, Invalid
from app.core.places import NATION
from app.core.texts import Text
from app.stats.rules.dimensions import LABELS, Dimension
from app.stats.rules.units import UNITS, Unit

ALL: Final = ""
"""Of all elections, and of none: the sum of their tables, withheld where one of them is."""

NONE: Final = "none"
"""Of no election."""

NOT_OF_REGENCIES: Final = Fault(
    "/region",
    "not-of-regencies",
    Text(
        "Tabel mingguan hanya untuk nasional dan provinsi.",
        "Tables by week are of the nation and the provinces only.",
    ),
)


@dataclass(frozen=True)
class Listed:
    """One table: a unit by region and, where it has one, by another dimension without overlap."""

    unit: Unit
    by: Dimension | None = None

    @property
    def name(self) -> str:
        return f"{self.unit}_by_{self.by}" if self.by else str(self.unit)

    @property
    def title(self) -> Text:
        unit = UNITS[self.unit]
        if self.by is None:
            return Text(f"{unit.id} menurut wilayah", f"{unit.en} by region")
        by = LABELS[self.by]
        return Text(
            f"{unit.id} menurut wilayah dan {by.id.lower()}", f"{unit.en} by region and {by.en}"
        )

    def check(self, region: str | None) -> None:
        """Refuse a region of which nothing is told: without a cell it would look like a zero."""
        is_below = region is not None and len(region) > len(NATION) and region != f"{NATION}.00"
        if self.by is Dimension.WEEK and is_below:
            raise Invalid(NOT_OF_REGENCIES)


BREAKDOWNS: Final[Mapping[Unit, tuple[Dimension, ...]]] = {
    Unit.COMPLAINT: (Dimension.KIND, Dimension.CHANNEL, Dimension.WEEK),
    Unit.CASE: (Dimension.FURTHEST_STEP, Dimension.WEEK),
    Unit.PERSON: (Dimension.SUBJECT_GROUP, Dimension.WEEK),
    Unit.SANCTION: (Dimension.KIND,),
    Unit.DEADLINE: (Dimension.OUTCOME,),
    Unit.EVENT: (Dimension.CHANNEL,),
    Unit.CONSULTATION: (),
    Unit.CIRCULAR: (),
    Unit.DECLARATION: (),
    Unit.SIGNATURE: (),
}
"""By what the tables of each unit are told apart. What can be reckoned from one of these is no
table of its own: it could be withheld in other places, and the two compared. So there are no
reports (complaints by kind tell them), outcomes and referrals (furthest steps of cases), findings
(cases without those of complaints) and follow-ups of persons (one of them is the sanctions)."""

EXEMPT: Final = frozenset({Unit.DECLARATION, Unit.SIGNATURE})
"""Tallies of public pledges: nothing of them is withheld."""

TABLES: Final = {
    table.name: table
    for unit, dimensions in BREAKDOWNS.items()
    for table in (Listed(unit), *(Listed(unit, by) for by in dimensions))
}
