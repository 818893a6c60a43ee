from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.files import FrozenCell, FrozenTable
from app.stats.models.tables import PublicTable
from app.stats.repository.figures import FigureRepository, Question
from app.stats.repository.places import PlaceRepository
from app.stats.repository.tables import PublicTableRepository
from app.stats.rules import areas, disclosure, periods
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import PUBLIC_NOTES
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.disclosure import Shown
from app.stats.rules.facts import PROVINCE, REGENCY
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import Period
from app.stats.rules.units import UNITS, Unit
from app.stats.schemas.crossing import CourseFilter, CrossFilter, CrossOut
from app.stats.schemas.figures import (
    CellOut,
    CountOut,
    CoverageOut,
    FigureFilter,
    SummaryOut,
    TableFilter,
    TableOut,
    TotalOut,
)
from app.stats.service.asking import Asking, label_regions, note, overlap, single
from app.stats.service.crossing import CrossService


class FigureService:
    """What an officer or another system can ask about the own area, as of the last fold."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.figures = asking.figures

    async def summarise(self, wanted: FigureFilter) -> SummaryOut:
        """Count each unit by itself; they are different things and never add up."""
        asked = await self.asking.question(wanted, Unit.COMPLAINT)
        return SummaryOut(
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            figures=[await self._count(replace(asked, unit=unit)) for unit in Unit],
        )

    async def tabulate(self, wanted: TableFilter) -> TableOut:
        asked = await self.asking.question(wanted, wanted.unit)
        if wanted.by in TIMES:
            asked = self.asking.days(wanted, asked)
        counts = await self.asking.count(asked, wanted.by, wanted.level)
        labels = await self.asking.labels(asked, wanted.by, wanted.level, counts)
        return await self._table(asked, wanted.by, _cells(labels, counts))

    async def trace(self, wanted: CourseFilter, crosses: CrossService) -> TableOut | CrossOut:
        """Day by day, week by week or month by month; one without any is a row too."""
        if wanted.across is None:
            return await self.tabulate(_as_table(wanted))
        return await crosses.cross(_as_cross(wanted, wanted.across))

    async def _count(self, asked: Question) -> CountOut:
        by_regency = await self.figures.count_by(asked, REGENCY)
        return CountOut(
            **dict(await self.asking.figure(asked, by_regency)),
            label=TextOut.model_validate(UNITS[asked.unit]),
            count=sum(by_regency.values()),
        )

    async def _table(self, asked: Question, by: Dimension, cells: list[CellOut]) -> TableOut:
        by_regency = await self.figures.count_by(asked, REGENCY)
        total = sum(by_regency.values())
        return TableOut(
            **dict(await self.asking.figure(asked, by_regency, *overlap(asked.unit, by))),
            by=by,
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            total=TotalOut(count=total, at_least=total, at_most=total),
            cells=cells,
        )


def _as_table(wanted: CourseFilter) -> TableFilter:
    return TableFilter(
        unit=wanted.unit,
        by=wanted.by,
        region=wanted.region,
        since=wanted.since,
        until=wanted.until,
        election=wanted.election,
        snapshot=wanted.snapshot,
    )


def _as_cross(wanted: CourseFilter, across: Dimension) -> CrossFilter:
    return CrossFilter(
        unit=wanted.unit,
        by=wanted.by,
        across=across,
        level=wanted.level,
        region=wanted.region,
        since=wanted.since,
        until=wanted.until,
        election=wanted.election,
        snapshot=wanted.snapshot,
    )


class PublicTableService:
    """The fixed list of tables for everybody, each frozen once a day."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.figures = FigureRepository(session)
        self.places = PlaceRepository(session)
        self.tables = PublicTableRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.day = periods.today(now)
        self.now = now

    async def read(self, unit: Unit) -> TableOut:
        """The table of today; the first reader freezes it where the worker has not."""
        table = await self.tables.find(table_name(unit), self.day) or await self.freeze(unit)
        return _published(unit, table)

    async def freeze(self, unit: Unit) -> PublicTable:
        """Publish what was recorded before this day began; twice is once."""
        table = PublicTable(
            name=table_name(unit),
            day=self.day,
            payload=(await self._disclose(unit)).model_dump(mode="json"),
            frozen_at=self.now,
        )
        if await self.tables.add(table):
            await self.journal.record("public_table.frozen", table, name=table.name)
        return await self.tables.get(table.name, self.day)

    async def _disclose(self, unit: Unit) -> FrozenTable:
        asked = Question(unit, "", Period(until=self.day - timedelta(days=1)))
        counts = single(await self.figures.count_by(asked, PROVINCE))
        labels = await label_regions(self.places, "", Depth.PROVINCE, counts)
        every = {code: counts.get(code, 0) for code in labels}
        shown = disclosure.disclose(every, await self._shown_last(unit), self.day)
        definition = DEFINITIONS[unit]
        return FrozenTable(
            definition=TextOut.model_validate(definition.text),
            definition_version=definition.version,
            time_zone=definition.time_zone,
            cells=[
                FrozenCell(
                    key=code,
                    label=TextOut.model_validate(labels[code]),
                    count=cell.count,
                    since=cell.since,
                )
                for code, cell in shown.items()
            ],
        )

    async def _shown_last(self, unit: Unit) -> dict[str, Shown]:
        last = await self.tables.before(table_name(unit), self.day)
        return FrozenTable.model_validate(last.payload).shown() if last else {}


def table_name(unit: Unit) -> str:
    return f"provinces_{unit}"


def _published(unit: Unit, table: PublicTable) -> TableOut:
    frozen = FrozenTable.model_validate(table.payload)
    shown = list(frozen.shown().values())
    return TableOut(
        unit=unit,
        definition=frozen.definition,
        definition_version=frozen.definition_version,
        time_zone=frozen.time_zone,
        as_of=periods.midnight(table.day).astimezone(UTC),
        coverage=_public_coverage(frozen),
        notes=[note(each) for each in PUBLIC_NOTES],
        by=Dimension.REGION,
        region_code=table.region_code,
        since=None,
        until=table.day - timedelta(days=1),
        total=TotalOut.model_validate(disclosure.total_of(shown)),
        cells=[
            CellOut(
                key=cell.key,
                label=cell.label,
                count=cell.count,
                withheld=cell.count is None,
                shown_since=cell.since,
            )
            for cell in frozen.cells
        ],
    )


def _public_coverage(frozen: FrozenTable) -> CoverageOut:
    """Told from what is shown: a withheld cell has entries."""
    provinces = [cell for cell in frozen.cells if cell.key != NATION]
    speaking = sum(cell.count != 0 for cell in provinces)
    return CoverageOut(level=Depth.PROVINCE, regions=len(provinces), with_entries=speaking)


def _cells(labels: Mapping[str, Text], counts: Mapping[str, int]) -> list[CellOut]:
    return [
        CellOut(key=key, label=TextOut.model_validate(label), count=counts.get(key, 0))
        for key, label in labels.items()
    ]
