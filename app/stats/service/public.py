"""The tables that everybody may see, as they were frozen."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Json
from app.core.errors import NotFound
from app.core.forms import TextOut
from app.core.places import NATION, area_of
from app.stats.files.frozen import FrozenTable, freeze_cells
from app.stats.repository.places import PlaceRepository
from app.stats.repository.tables import PublicTableRepository
from app.stats.repository.waiting import WaitingRepository
from app.stats.rules import areas, periods, public
from app.stats.rules.areas import Depth
from app.stats.rules.combining import add_shown, corrections_of, days_of, whole_days
from app.stats.rules.definitions import PUBLIC_NOTES, TREE_NOTES
from app.stats.rules.dimensions import Dimension
from app.stats.rules.disclosure import TOTAL, Cell, Shown
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.public import ALL, TABLES, Listed
from app.stats.rules.units import Unit
from app.stats.schemas.figures import CellOut, CoverageOut, TableOut, TotalOut
from app.stats.schemas.public import (
    CodeOut,
    CorrectionOut,
    PublicCellOut,
    PublicEntryOut,
    PublicListOut,
    PublicTableOut,
)
from app.stats.service.asking import check_region, note
from app.stats.service.freezing import Freezing


class PublicTableService:
    """Reads what was frozen; the first reader of all has a unit frozen, where all is counted."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.tables = PublicTableRepository(session)
        self.places = PlaceRepository(session)
        self.today = periods.today(now)
        self.now = now

    async def name(self) -> PublicListOut:
        """Name the tables there are, each of which election and since when."""
        days = await self.tables.days(self.today)
        entries: list[PublicEntryOut] = []
        for listed in TABLES.values():
            found = {code: each for (name, code), each in days.items() if name == listed.name}
            since = min((first for first, _ in found.values()), default=None)
            newest = max((last for _, last in found.values()), default=None)
            entries.append(_entry(listed, ALL, since, newest))
            entries += [_entry(listed, code, *found[code]) for code in sorted(found)]
        return PublicListOut(items=entries)

    async def read(
        self, name: str, election: str = ALL, region: str | None = None, day: date | None = None
    ) -> PublicTableOut:
        """Read one table, or the part of a region, as frozen on a day or newest."""
        listed = TABLES.get(name)
        if listed is None:
            raise NotFound
        await check_region(self.places, region and region.removesuffix(".00"))  # as a whole
        listed.check(region)
        day, frozen = await self._frozen(listed, election, day)
        cells = {
            cell: shown
            for cell, shown in frozen.shown().items()
            if region is None or cell[0].startswith(area_of(region))
        }
        table = await self._table(listed, day, frozen, cells)
        named = _codes(frozen.regions, {code for code, _ in cells} | {region or NATION})
        return table.model_copy(
            update={"election": election, "region": region or NATION, "regions": named}
        )

    async def corrections(self, name: str, election: str, day: date) -> list[CorrectionOut]:
        """What the table of a day shows otherwise than the one before, of days then over."""
        listed = TABLES.get(name)
        if listed is None:
            raise NotFound
        now = await self.tables.find(name, election, day)
        before = await self.tables.before(name, election, day)
        if now is None or before is None:
            return []
        week = None
        if listed.by is Dimension.WEEK:
            week = periods.span_of(before.day - timedelta(days=1), Dimension.WEEK)
        found = corrections_of(_shown(before.payload), _shown(now.payload), week, listed.by)
        return [
            CorrectionOut(region=region, value=value, before=old, now=new)
            for (region, value), (old, new) in found.items()
        ]

    async def provinces(self, unit: Unit) -> TableOut:
        """The totals of the provinces, as version 1 has always given them."""
        table = await self.read(unit)
        counts = {cell.region: cell for cell in table.cells if cell.value == TOTAL}
        cells = _provinces(counts, await self.places.regions("", Depth.PROVINCE))
        nation = counts.get(NATION)
        shown = sum(cell.count or 0 for cell in cells)
        count = 0 if nation is None else nation.count
        return TableOut(
            unit=unit,
            definition=table.definition,
            definition_version=table.definition_version,
            time_zone=table.time_zone,
            as_of=table.as_of,
            coverage=table.coverage,
            notes=[note(each) for each in PUBLIC_NOTES],
            by=Dimension.REGION,
            region_code=NATION,
            since=None,
            until=table.until,
            total=TotalOut(count=count, at_least=shown if count is None else count, at_most=count),
            cells=cells,
        )

    async def _frozen(
        self, listed: Listed, election: str, day: date | None
    ) -> tuple[date, FrozenTable]:
        found = await self._newest(listed, election, day)
        if not found and day is None and election in (ALL, public.NONE) and await self._is_told():
            await Freezing(self.session, self.now).freeze(listed.unit)
            found = await self._newest(listed, election, day)
        if not found:
            raise NotFound
        [newest] = {each for each, _ in found}
        return newest, _sum([frozen for _, frozen in found])

    async def _is_told(self) -> bool:
        """Whether the figures are as far as this day's tables: if not, the worker freezes them."""
        return await WaitingRepository(self.session).has_folded(periods.midnight(self.today))

    async def _newest(
        self, listed: Listed, election: str, day: date | None
    ) -> list[tuple[date, FrozenTable]]:
        """The table of this day, or the newest; of all elections, where each of them has one."""
        frozen = await self.tables.frozen(listed.name, min(day or self.today, self.today))
        days = whole_days(frozen) if election == ALL else days_of(election, frozen)
        newest = max(days if day is None else days & {day}, default=None)
        if newest is None:
            return []
        codes = sorted(frozen[newest]) if election == ALL else [election]
        found = [await self.tables.find(listed.name, each, newest) for each in codes]
        return [(table.day, FrozenTable.model_validate(table.payload)) for table in found if table]

    async def _table(
        self, listed: Listed, day: date, frozen: FrozenTable, cells: Mapping[Cell, Shown]
    ) -> PublicTableOut:
        return PublicTableOut(
            name=listed.name,
            title=TextOut.model_validate(listed.title),
            by=listed.by,
            election=ALL,
            region=NATION,
            day=day,
            until=day - timedelta(days=1),
            unit=listed.unit,
            definition=frozen.definition,
            definition_version=frozen.definition_version,
            time_zone=frozen.time_zone,
            as_of=periods.midnight(day).astimezone(UTC),
            snapshot=None,
            coverage=await self._coverage(frozen),
            notes=[note(each) for each in TREE_NOTES],
            regions=[],
            values=_codes(frozen.values, frozen.values),
            cells=[_cell(cell, cells[cell]) for cell in sorted(cells)],
        )

    async def _coverage(self, frozen: FrozenTable) -> CoverageOut:
        """The provinces of which the whole table says anything at all."""
        provinces = await self.places.regions("", Depth.PROVINCE)
        speaking = {code for code, _ in frozen.shown()} & provinces.keys()
        return CoverageOut(level=Depth.PROVINCE, regions=len(provinces), with_entries=len(speaking))


def _sum(parts: list[FrozenTable]) -> FrozenTable:
    """Put the tables of several elections together, telling no more than they do."""
    if len(parts) == 1:
        return parts[0]
    regions = {code: text for part in parts for code, text in part.regions.items()}
    values = {code: text for part in parts for code, text in part.values.items()}
    shown = add_shown([part.shown() for part in parts])
    return parts[-1].model_copy(
        update={"regions": regions, "values": values, "cells": freeze_cells(shown)}
    )


def _shown(payload: Json) -> dict[Cell, Shown]:
    return FrozenTable.model_validate(payload).shown()


def _entry(
    listed: Listed, election: str, since: date | None, newest: date | None
) -> PublicEntryOut:
    definition = DEFINITIONS[listed.unit]
    query = f"?election={election}" if election else ""
    return PublicEntryOut(
        name=listed.name,
        title=TextOut.model_validate(listed.title),
        unit=listed.unit,
        by=listed.by,
        definition=TextOut.model_validate(definition.text),
        definition_version=definition.version,
        election=election,
        since=since,
        newest=newest,
        address=f"/api/v1/stats/public/{listed.name}{query}",
    )


def _cell(cell: Cell, shown: Shown) -> PublicCellOut:
    region, value = cell
    return PublicCellOut(
        region=region,
        value=value,
        count=shown.count,
        withheld=shown.withheld,
        shown_since=shown.since,
    )


def _provinces(counts: Mapping[str, PublicCellOut], names: Mapping[str, str]) -> list[CellOut]:
    """Every province, and before them what concerns the nation as a whole."""
    cells = [_province(code, name, counts.get(code)) for code, name in names.items()]
    own = counts.get(f"{NATION}.00")
    if own is not None:
        label = areas.row_label(NATION, "Indonesia", Depth.PROVINCE)
        cells.insert(0, _province(NATION, label.id, own))
    return cells


def _province(code: str, name: str, cell: PublicCellOut | None) -> CellOut:
    return CellOut(
        key=code,
        label=TextOut(id=name, en=name),
        count=0 if cell is None else cell.count,
        withheld=cell is not None and cell.withheld,
        shown_since=None if cell is None else cell.shown_since,
    )


def _codes(labels: Mapping[str, TextOut], codes: Iterable[str]) -> list[CodeOut]:
    return [CodeOut(code=code, label=labels[code]) for code in sorted(codes) if code in labels]
