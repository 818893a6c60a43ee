"""The public tables as the page needs them: what is shown of a unit in every region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.forms import TextOut
from app.core.remembered import Remembered
from app.core.texts import Text
from app.dashboard.rules.view import WITHHELD, Amount, Told
from app.stats.rules import periods
from app.stats.rules.public import TABLES
from app.stats.rules.units import UNITS
from app.stats.schemas.public import PublicTableOut
from app.stats.service.public import PublicTableService

TOTAL: Final = ""
"""The value of a cell that counts all values of its region."""


@dataclass(frozen=True)
class Published:
    """A frozen table; a region and value without a cell is a zero."""

    unit: Text
    told: Told
    values: Mapping[str, Text]
    cells: Mapping[tuple[str, str], int | None]

    def amount(self, region: str, value: str = TOTAL) -> Amount:
        count = self.cells.get((region, value), 0)
        return WITHHELD if count is None else Amount(count, count)


KNOWN: Final = Remembered[Published](seconds=60, room=300)
"""Tables change once a day, and the largest take a tenth of a second to read."""


class Tables:
    """Reads each table once a minute; None where nothing is published of this election."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.tables = PublicTableService(session, now)
        self.today = periods.today(now)

    async def read(self, name: str, election: str) -> Published | None:
        if name not in TABLES:
            return None
        key = f"{self.today}:{election}:{name}"
        known = KNOWN.get(key)
        if known is None:
            try:
                table = await self.tables.read(name, election)
            except NotFound:
                return None
            known = KNOWN.keep(key, _published(table))
        return known


def _published(table: PublicTableOut) -> Published:
    return Published(
        unit=UNITS[table.unit],
        told=_told(table),
        values={each.code: _text(each.label) for each in table.values},
        cells={(each.region, each.value): each.count for each in table.cells},
    )


def _told(table: PublicTableOut) -> Told:
    coverage = table.coverage
    found = coverage.with_entries
    query = f"?election={table.election}" if table.election else ""
    return Told(
        unit=UNITS[table.unit],
        definition=_text(table.definition),
        version=table.definition_version,
        as_of=table.as_of,
        # Of the whole table, and so of the nation, whatever region of it is shown.
        coverage=Text(
            f"Seluruh Indonesia: {found} dari {coverage.regions} provinsi mempunyai catatan",
            f"All of Indonesia: {found} of {coverage.regions} provinces"
            f" {'has' if found == 1 else 'have'} entries",
        ),
        notes=[Text(each.id, each.en) for each in table.notes],
        data=f"/api/v1/stats/public/{table.name}{query}",
        frozen=f"/api/v1/stats/public/{table.name}/{table.day}{query}",
    )


def week_of(value: str) -> date:
    """The Monday of a week as ISO 8601 writes it."""
    return date.fromisoformat(f"{value}-1")


def _text(out: TextOut) -> Text:
    return Text(out.id, out.en)
