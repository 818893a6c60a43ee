"""Two elections side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.places import lies_in
from app.core.texts import Text
from app.elections.repository import ElectionRepository
from app.stats.repository.questions import Question
from app.stats.repository.stages import StageRepository
from app.stats.rules import areas, dimensions, periods
from app.stats.rules.comparing import check_elections, days_of, rate
from app.stats.rules.dimensions import Dimension
from app.stats.schemas.answers import words
from app.stats.schemas.comparison import (
    ComparedOut,
    ComparedRowOut,
    ComparisonFilter,
    ComparisonOut,
)
from app.stats.service.asking import Asking, single

PER: Final = 100


@dataclass(frozen=True)
class Side:
    """One election: what was counted in each stage, on how many days, in how many regions."""

    counts: Mapping[str, int]
    days: Mapping[str, int | None]
    regions: int

    def whole(self) -> ComparedOut:
        count = sum(self.counts.values())
        return ComparedOut(
            count=count, regions=self.regions, per_100_regions=rate(count, self.regions, PER)
        )


class ComparisonService:
    """An election against another, by what their stages have in common."""

    def __init__(self, asking: Asking, session: AsyncSession) -> None:
        self.asking = asking
        self.elections = ElectionRepository(session)
        self.stages = StageRepository(session)

    async def compare(self, wanted: ComparisonFilter) -> ComparisonOut:
        known = [each.code for each in await self.elections.find()]
        check_elections(known, wanted.election, wanted.other)
        asked = await self.asking.question(wanted, wanted.unit)
        labels = dimensions.codes_of(asked.unit, Dimension.STAGE, "/unit")
        one, other = (
            await self._side(asked),
            await self._side(replace(asked, election=wanted.other)),
        )
        there = {each for side in (one, other) for each in (*side.days, *side.counts)}
        rows = [
            _row(each, dimensions.label_of(labels, each), one, other)
            for each in (*labels, "")
            if each in there
        ]
        about = dict(await self.asking.about(asked))
        said = {"other": wanted.other, "total": one.whole(), "other_total": other.whole()}
        return ComparisonOut(**about | said | {"rows": rows})

    async def _side(self, asked: Question) -> Side:
        election = asked.election or ""
        spans = await self.stages.spans(election, areas.code_of(asked.area))
        voting = {
            code for code in await self.elections.area_codes(election) if lies_in(code, asked.area)
        }
        return Side(
            counts=single(await self.asking.figures.count_by(asked, Dimension.STAGE)),
            days=days_of(spans, periods.today(self.asking.now)),
            regions=len(voting),
        )


def _row(stage: str, label: Text, one: Side, other: Side) -> ComparedRowOut:
    count, other_count = one.counts.get(stage, 0), other.counts.get(stage, 0)
    days, other_days = one.days.get(stage, 0), other.days.get(stage, 0)
    return ComparedRowOut(
        key=stage,
        label=words(label),
        count=count,
        days=days,
        per_day=rate(count, days),
        per_100_regions=rate(count, one.regions, PER),
        other_count=other_count,
        other_days=other_days,
        other_per_day=rate(other_count, other_days),
        other_per_100_regions=rate(other_count, other.regions, PER),
    )
