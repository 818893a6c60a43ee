from collections.abc import Mapping
from dataclasses import replace

from app.core.forms import TextOut
from app.core.texts import Text
from app.stats.repository.hearing import Heard
from app.stats.repository.questions import Question
from app.stats.rules import areas
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.units import UNITS, Unit
from app.stats.schemas.crossing import CourseFilter, CrossFilter, CrossOut
from app.stats.schemas.figures import (
    CellOut,
    CountOut,
    FigureFilter,
    SummaryOut,
    TableFilter,
    TableOut,
    TotalOut,
)
from app.stats.service.asking import Asking, overlap
from app.stats.service.crossing import CrossService


class FigureService:
    """What an officer or another system can ask about the own area, as of the last fold."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.figures = asking.figures

    async def summarise(self, wanted: FigureFilter) -> SummaryOut:
        """Count each unit by itself; they are different things and never add up."""
        asked = await self.asking.question(wanted, Unit.COMPLAINT)
        units = [unit for unit in Unit if areas.is_counted(unit, asked.area)]
        heard = await self.asking.heard_each(asked, units)
        return SummaryOut(
            region_code=areas.code_of(asked.area),
            election=asked.election,
            since=asked.period.since,
            until=asked.period.until,
            figures=[await self._count(replace(asked, unit=u), heard[u]) for u in units],
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

    async def _count(self, asked: Question, heard: Heard) -> CountOut:
        return CountOut(
            **dict(await self.asking.figure(asked, heard)),
            label=TextOut.model_validate(UNITS[asked.unit]),
            count=heard.number,
        )

    async def _table(self, asked: Question, by: Dimension, cells: list[CellOut]) -> TableOut:
        heard = await self.asking.heard(asked)
        total = heard.number
        return TableOut(
            **dict(await self.asking.figure(asked, heard, *overlap(asked.unit, by))),
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


def _cells(labels: Mapping[str, Text], counts: Mapping[str, int]) -> list[CellOut]:
    return [
        CellOut(key=key, label=TextOut.model_validate(label), count=counts.get(key, 0))
        for key, label in labels.items()
    ]
