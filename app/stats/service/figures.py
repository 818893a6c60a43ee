from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.repository.figures import Codes, FigureRepository, Question
from app.stats.repository.places import PlaceRepository
from app.stats.rules import areas, dimensions, periods, snapshots
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.facts import DAY, REGENCY
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import Period
from app.stats.rules.units import UNITS, Unit
from app.stats.schemas.figures import (
    CellOut,
    CountOut,
    CoverageOut,
    FigureFilter,
    FigureOut,
    NoteOut,
    SeriesFilter,
    SummaryOut,
    TableFilter,
    TableOut,
    TotalOut,
)

UNKNOWN_REGION = Fault(
    "/region",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)


class FigureService:
    """What an officer or another system can ask about the own area, as of the last fold."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.figures = FigureRepository(session)
        self.places = PlaceRepository(session)
        self.area = actor.area
        self.now = now
        self.as_of = now

    async def summarise(self, wanted: FigureFilter) -> SummaryOut:
        """Count each unit by itself; they are different things and never add up."""
        asked = await self._question(wanted, Unit.COMPLAINT)
        return SummaryOut(
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            figures=[await self._count(replace(asked, unit=unit)) for unit in Unit],
        )

    async def tabulate(self, wanted: TableFilter) -> TableOut:
        if wanted.by in TIMES:
            return await self.trace(wanted, wanted.by)
        asked = await self._question(wanted, wanted.unit)
        if wanted.by is Dimension.REGION:
            return await self._by_region(asked, areas.depth_of(asked.area, wanted.level))
        labels = dimensions.codes_of(asked.unit, wanted.by)
        counts = single(await self.figures.count_by(asked, wanted.by))
        labels |= {each: dimensions.label_of(labels, each) for each in sorted(counts)}
        return await self._table(asked, wanted.by, _cells(labels, counts))

    async def trace(self, wanted: SeriesFilter, by: Dimension = Dimension.DAY) -> TableOut:
        """Count day by day, week by week or month by month; one without any is a row too."""
        since, until = periods.day_by_day(Period(wanted.since, wanted.until), self.now)
        asked = await self._question(wanted, wanted.unit)
        asked = replace(asked, period=Period(since, until))
        counts = Counter[str]()
        for day, count in single(await self.figures.count_by(asked, DAY)).items():
            counts[periods.span_of(date.fromisoformat(day), by)] += count
        labels = {key: Text(key, key) for key in periods.spans_in(since, until, by)}
        return await self._table(asked, by, _cells(labels, counts))

    async def _question(self, wanted: FigureFilter, unit: Unit) -> Question:
        area = areas.area_asked(self.area, wanted.region)
        if wanted.region is not None and not await self.places.names([wanted.region]):
            raise Invalid(UNKNOWN_REGION)
        period = Period(wanted.since, wanted.until)
        return Question(unit, area, period, wanted.election, await self._snapshot(wanted.snapshot))

    async def _snapshot(self, wanted: int | None) -> int:
        """The state of which all counts of an answer are: the last, or the one that is asked for.

        What is not there yet is refused, and what can be counted back to no more.
        """
        state = await self.figures.state()
        first, last = (state.first_fold, state.fold) if state else (0, 0)
        self.as_of = state.at if state else self.now
        if wanted is None:
            return last
        snapshots.check(wanted, first, last)
        self.as_of = await self.figures.moment(wanted) or self.as_of
        return wanted

    async def _count(self, asked: Question) -> CountOut:
        return CountOut(
            **dict(await self._figure(asked, [])),
            label=TextOut.model_validate(UNITS[asked.unit]),
            count=await self.figures.count(asked),
        )

    async def _by_region(self, asked: Question, depth: Depth) -> TableOut:
        counts = single(await self.figures.count_by(asked, depth))
        labels = await label_regions(self.places, asked.area, depth, counts)
        table = await self._table(asked, Dimension.REGION, _cells(labels, counts))
        table.notes.append(_note(Note.NOT_BROKEN_DOWN))
        return table

    async def _table(self, asked: Question, by: Dimension, cells: list[CellOut]) -> TableOut:
        overlap = (asked.unit, by) in dimensions.OVERLAPPING
        count = sum(cell.count or 0 for cell in cells)
        total = await self.figures.count(asked) if overlap else count
        return TableOut(
            **dict(await self._figure(asked, [Note.PARTS_EXCEED_TOTAL] if overlap else [])),
            by=by,
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            total=TotalOut(count=total, at_least=total, at_most=total),
            cells=cells,
        )

    async def _figure(self, asked: Question, notes: Sequence[Note]) -> FigureOut:
        definition = DEFINITIONS[asked.unit]
        return FigureOut(
            unit=asked.unit,
            definition=TextOut.model_validate(definition.text),
            definition_version=definition.version,
            time_zone=definition.time_zone,
            as_of=self.as_of,
            snapshot=asked.snapshot,
            coverage=await self._coverage(asked),
            notes=[_note(each) for each in (Note.LIVE, *notes)],
        )

    async def _coverage(self, asked: Question) -> CoverageOut:
        speaking = await self.figures.count_by(asked, REGENCY)
        placed = areas.code_length(Depth.REGENCY)
        return CoverageOut(
            level=Depth.REGENCY,
            regions=await self.places.count_regencies(asked.area),
            with_entries=sum(len(code) == placed for (code,) in speaking),
        )


def single(counts: Mapping[Codes, int]) -> dict[str, int]:
    """Counts that one dimension tells apart, by its codes."""
    return {code: count for (code,), count in counts.items()}


async def label_regions(
    places: PlaceRepository, area: str, depth: Depth, counted: Iterable[str]
) -> dict[str, Text]:
    """Name every row of a table by region: the regions of its level, and what lies above them."""
    names = await places.regions(area, depth)
    others = {areas.code_of(area), *counted} - names.keys()
    names |= dict.fromkeys(others, "") | await places.names(others)
    return {code: areas.row_label(code, name, depth) for code, name in sorted(names.items())}


def _cells(labels: Mapping[str, Text], counts: Mapping[str, int]) -> list[CellOut]:
    return [
        CellOut(key=key, label=TextOut.model_validate(label), count=counts.get(key, 0))
        for key, label in labels.items()
    ]


def _note(note: Note) -> NoteOut:
    return NoteOut(code=note, id=NOTES[note].id, en=NOTES[note].en)
