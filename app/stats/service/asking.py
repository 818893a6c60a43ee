"""What every question about live figures begins and ends with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.forms import TextOut
from app.core.remembered import Remembered
from app.core.texts import Text
from app.stats.repository.figures import Codes, FigureRepository
from app.stats.repository.hearing import Heard, HearingRepository
from app.stats.repository.places import PlaceRepository
from app.stats.repository.questions import Question
from app.stats.repository.reached import Reached
from app.stats.rules import areas, dimensions, periods, snapshots
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.facts import DAY
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import Period
from app.stats.rules.units import Unit
from app.stats.schemas.answers import AnswerOut
from app.stats.schemas.figures import CoverageOut, FigureFilter, FigureOut, NoteOut, PresentFilter

UNKNOWN_REGION = Fault(
    "/region",
    "unknown-region",
    Text("Kode wilayah ini tidak ada.", "There is no region with this code."),
)


class Asking:
    """A reader's questions about the own area; all parts of an answer are as of one fold.

    `known` is what was heard in the questions before: the parts of a dashboard tell the same total
    and the same coverage, which cost more than their rows.
    """

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        to: Reached,
        known: Remembered[Heard],
    ) -> None:
        self.figures = FigureRepository(session)
        self.hearing = HearingRepository(session)
        self.places = PlaceRepository(session)
        self.area = actor.area
        self.now = now
        self.to = to
        self.known = known
        self.as_of = to.at or now

    async def question(self, wanted: PresentFilter, unit: Unit) -> Question:
        area = await area_in(self.places, self.area, wanted.region)
        period = Period(wanted.since, wanted.until)
        earlier = wanted.snapshot if isinstance(wanted, FigureFilter) else None
        return Question(unit, area, period, wanted.election, await self._snapshot(earlier))

    def days(self, wanted: FigureFilter, asked: Question) -> Question:
        """Every day of it is looked at: the last 30 where none are named."""
        since, until = periods.day_by_day(Period(wanted.since, wanted.until), self.now)
        return replace(asked, period=Period(since, until))

    async def count(self, asked: Question, by: Dimension, level: Depth | None) -> Counter[str]:
        """Count by any dimension: regions of a level, days, weeks, months, or codes."""
        if by in TIMES:
            return in_spans(single(await self.figures.count_by(asked, DAY)), by)
        return Counter(single(await self.figures.count_by(asked, self.name_of(asked, by, level))))

    def name_of(self, asked: Question, by: Dimension, level: Depth | None) -> str:
        """How the counts are kept under this dimension; refuse what the unit does not have."""
        if by is Dimension.REGION:
            return areas.depth_of(asked.area, level)
        if by in TIMES:
            return DAY
        dimensions.codes_of(asked.unit, by)
        return by

    async def labels(
        self, asked: Question, by: Dimension, level: Depth | None, counted: Iterable[str]
    ) -> dict[str, Text]:
        """Name every row, also those without any; whatever was counted has one."""
        if by in TIMES:
            since, until = asked.period.since, asked.period.until
            spans = periods.spans_in(since, until, by) if since and until else sorted(counted)
            return {key: Text(key, key) for key in spans}
        if by is Dimension.REGION:
            depth = areas.depth_of(asked.area, level)
            return await label_regions(self.places, asked.area, depth, counted)
        known = dimensions.codes_of(asked.unit, by)
        return known | {each: dimensions.label_of(known, each) for each in sorted(counted)}

    async def labels_of(
        self, asked: Question, by: Dimension, level: Depth | None, counted: Sequence[str]
    ) -> dict[str, Text]:
        """Name these rows; regions have too many others."""
        if by is Dimension.REGION:
            names = dict.fromkeys(counted, "") | await self.places.names(counted)
            depth = areas.depth_of(asked.area, level)
            return {code: areas.row_label(code, names[code], depth) for code in counted}
        return await self.labels(asked, by, level, counted)

    async def heard(self, asked: Question) -> Heard:
        return (await self.heard_each(asked, [asked.unit]))[asked.unit]

    async def heard_each(self, asked: Question, units: Sequence[Unit]) -> dict[Unit, Heard]:
        """The totals, and how many regencies and cities speak in them: as of a fold they stay what
        they are."""
        keys = {unit: (self.to, replace(asked, unit=unit)) for unit in units}
        known = {unit: self.known.get(key) for unit, key in keys.items()}
        if all(known.values()):
            return {unit: heard for unit, heard in known.items() if heard}
        found = await self.hearing.heard_each(asked, units)
        return {unit: self.known.keep(keys[unit], heard) for unit, heard in found.items()}

    async def about(self, asked: Question, *notes: Note) -> AnswerOut:
        """An answer without its rows."""
        heard = await self.heard(asked)
        return AnswerOut(
            **dict(await self.figure(asked, heard, *notes)),
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            rows=[],
        )

    async def figure(self, asked: Question, heard: Heard, *notes: Note) -> FigureOut:
        definition = DEFINITIONS[asked.unit]
        return FigureOut(
            unit=asked.unit,
            definition=TextOut.model_validate(definition.text),
            definition_version=definition.version,
            time_zone=definition.time_zone,
            as_of=await self._as_of(asked),
            snapshot=asked.snapshot,
            coverage=CoverageOut(
                level=Depth.REGENCY,
                regions=await self.places.count_regencies(asked.area),
                with_entries=heard.speaking,
            ),
            notes=[note(each) for each in (Note.LIVE, *notes)],
        )

    async def _as_of(self, asked: Question) -> datetime:
        """Signatures are counted by themselves, so that they can be behind the last fold."""
        if asked.unit is not Unit.SIGNATURE:
            return self.as_of
        if asked.snapshot == self.to.fold:
            return self.to.signed_before or self.as_of
        return await self.figures.moment(asked.snapshot or 0, Unit.SIGNATURE) or self.as_of

    async def _snapshot(self, wanted: int | None) -> int:
        """The fold of which all counts of an answer are: the last, or the one that is asked for."""
        if wanted is None:
            return self.to.fold
        snapshots.check(wanted, self.to.first_fold, self.to.fold)
        self.as_of = await self.figures.moment(wanted) or self.as_of
        return wanted


async def area_in(places: PlaceRepository, own: str | None, region: str | None) -> str:
    """The reader's own area, or the part of it that is named; refuse one that there is not."""
    area = areas.area_asked(own, region)
    await check_region(places, region)
    return area


async def check_region(places: PlaceRepository, region: str | None) -> None:
    if region is not None and not await places.names([region]):
        raise Invalid(UNKNOWN_REGION)


def overlap(unit: Unit, *by: Dimension) -> tuple[Note, ...]:
    """The note that rows can add up to more than the total, where they can."""
    overlapping = any((unit, each) in dimensions.OVERLAPPING for each in by)
    regions = (Note.NOT_BROKEN_DOWN,) if Dimension.REGION in by else ()
    return ((Note.PARTS_EXCEED_TOTAL,) if overlapping else ()) + regions


def single(counts: Mapping[Codes, int]) -> dict[str, int]:
    """Counts that one dimension tells apart, by its codes."""
    return {code: count for (code,), count in counts.items()}


def in_spans(days: Mapping[str, int], by: Dimension) -> Counter[str]:
    """Add up days to weeks or months."""
    counts = Counter[str]()
    for day, count in days.items():
        counts[span(day, by)] += count
    return counts


def span(code: str, by: Dimension) -> str:
    """The day, week or month of a day; other codes are what they are."""
    return periods.span_of(date.fromisoformat(code), by) if by in TIMES else code


async def label_regions(
    places: PlaceRepository, area: str, depth: Depth, counted: Iterable[str]
) -> dict[str, Text]:
    """Name every row of a table by region: the regions of its level, and what lies above them."""
    names = await places.regions(area, depth, [areas.code_of(area)])
    others = {*counted} - names.keys()
    if others:
        names |= dict.fromkeys(others, "") | await places.names(others)
    return {code: areas.row_label(code, name, depth) for code, name in sorted(names.items())}


def note(code: Note) -> NoteOut:
    return NoteOut(code=code, id=NOTES[code].id, en=NOTES[code].en)
