"""How the procedure goes: how far, in time or not, how long each step took, what still waits."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from app.core.texts import Text
from app.stats.repository.questions import Question
from app.stats.rules import dimensions, periods
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.facts import DAY
from app.stats.rules.funnel import passed
from app.stats.rules.quantiles import quantile, share
from app.stats.rules.steps import PROGRESS, STEPS, DeadlineOutcome
from app.stats.rules.units import Unit
from app.stats.rules.waiting import WAITING, WAITS, by_band
from app.stats.schemas.answers import words
from app.stats.schemas.figures import FigureFilter
from app.stats.schemas.procedure import (
    AgeRowOut,
    AgesFilter,
    AgesOut,
    ClockRowOut,
    ClocksOut,
    FunnelFilter,
    FunnelOut,
    FunnelRowOut,
    KeptOut,
    TimingFilter,
    TimingOut,
    TimingRowOut,
)
from app.stats.service.asking import Asking, overlap, single, span

Histograms = dict[tuple[str, str], Counter[int]]


class ProcedureService:
    """The procedure of an area in figures."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.figures = asking.figures

    async def funnel(self, wanted: FunnelFilter) -> FunnelOut:
        asked = await self.asking.question(wanted, wanted.unit)
        furthest = single(await self.figures.count_by(asked, Dimension.FURTHEST_STEP))
        rows = [
            FunnelRowOut(
                key=each.step,
                label=words(PROGRESS[each.step]),
                count=each.count,
                share_of_step_before=each.of_step_before,
                share_of_all=each.of_all,
            )
            for each in passed(furthest)
        ]
        return FunnelOut(**dict(await self.asking.about(asked)) | {"rows": rows})

    async def clocks(self, wanted: FigureFilter) -> ClocksOut:
        asked = await self.asking.question(wanted, Unit.DEADLINE)
        counts = await self.figures.count_by(asked, Dimension.KIND, Dimension.OUTCOME)
        whole, steps = Counter[str](), dict[str, Counter[str]]()
        for (step, outcome), count in counts.items():
            whole[outcome] += count
            steps.setdefault(step, Counter())[outcome] += count
        labels = dimensions.codes_of(asked.unit, Dimension.KIND)
        rows = [
            ClockRowOut(
                key=step,
                label=words(dimensions.label_of(labels, step)),
                **dict(_kept(steps.get(step, Counter()))),
            )
            for step in labels | steps
        ]
        about = dict(await self.asking.about(asked))
        return ClocksOut(**about | {"all": _kept(whole), "rows": rows})

    async def timing(self, wanted: TimingFilter) -> TimingOut:
        """Quantiles of the days that each step took, exact to the day."""
        asked = await self.asking.question(wanted, Unit.STEP)
        across = wanted.across
        if across in TIMES:
            asked = self.asking.days(wanted, asked)
        found = await self._histograms(asked, wanted)
        names = {"": Text("", "")}
        if across is not None:
            groups = {group for _, group in found}
            labels = await self.asking.labels(asked, across, wanted.level, groups)
            names = {group: labels[group] for group in sorted(groups)}
        about = dict(await self.asking.about(asked, *overlap(asked.unit, *filter(None, [across]))))
        return TimingOut(**about | {"across": across, "rows": _steps(names, found)})

    async def ages(self, wanted: AgesFilter) -> AgesOut:
        wait, today = WAITS[wanted.waiting], periods.today(self.asking.now)
        asked = await self.asking.question(wanted, wait.unit)
        counts = await self.figures.count_by(asked, DAY, wait.by)
        began = [
            (date.fromisoformat(day), count)
            for (day, code), count in counts.items()
            if code in wait.codes
        ]
        rows = [
            AgeRowOut(
                key=wanted.waiting,
                label=words(WAITING[wanted.waiting]),
                band=band.key,
                first_day=band.first,
                last_day=band.last,
                count=count,
            )
            for band, count in by_band(began, today).items()
        ]
        return AgesOut(**dict(await self.asking.about(asked)) | {"on": today, "rows": rows})

    async def _histograms(self, asked: Question, wanted: TimingFilter) -> Histograms:
        """How often each step took so many days, in each region or month."""
        by: list[str] = [Dimension.KIND, Dimension.DAYS]
        if wanted.across is not None:
            by.append(self.asking.name_of(asked, wanted.across, wanted.level))
        found: Histograms = {}
        for (step, days, *group), count in (await self.figures.count_by(asked, *by)).items():
            name = span(group[0], wanted.across) if wanted.across else ""
            found.setdefault((step, name), Counter())[int(days)] += count
        return found


def _kept(outcomes: Mapping[str, int]) -> KeptOut:
    kept = outcomes.get(DeadlineOutcome.MET, 0)
    missed = outcomes.get(DeadlineOutcome.MISSED, 0)
    return KeptOut(
        kept=kept,
        missed=missed,
        running=outcomes.get(DeadlineOutcome.RUNNING, 0),
        cancelled=outcomes.get(DeadlineOutcome.CANCELLED, 0),
        total=sum(outcomes.values()),
        share_kept=share(kept, kept + missed),
    )


def _quantiles(histogram: Mapping[int, int]) -> dict[str, int | None]:
    return {
        "count": sum(histogram.values()),
        "p25": quantile(histogram, 25),
        "median": quantile(histogram, 50),
        "p75": quantile(histogram, 75),
        "p90": quantile(histogram, 90),
        "longest": quantile(histogram, 100),
    }


def _steps(names: Mapping[str, Text], found: Histograms) -> list[TimingRowOut]:
    """A row for each step, or for each step in each region or month in which any was taken."""
    return [
        TimingRowOut(
            key=step,
            label=words(label),
            across=group or None,
            across_label=words(name) if group else None,
            **_quantiles(found.get((str(step), group), Counter())),
        )
        for step, label in STEPS.items()
        for group, name in names.items()
    ]
