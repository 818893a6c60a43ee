from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.repository.law import LawRepository
from app.core.actors import Actor
from app.core.forms import TextOut
from app.core.paging import cursor_after, place_of
from app.offices.rules import OfficeKind, office_code
from app.stats.files.starting import read_workload
from app.stats.rules import areas
from app.stats.rules.forecasting import ForecastUnit
from app.stats.rules.seasons import week_label
from app.stats.rules.workload import WEEK, Duty, Labour, Workload, duty_of, load_of
from app.stats.schemas.workload import (
    DutyOut,
    LabourOut,
    OfficeLoadOut,
    WeekLoadOut,
    WorkloadFilter,
    WorkloadOut,
)
from app.stats.service.describing import DIGITS, bands_out
from app.stats.service.forecast import places_in
from app.stats.service.prospecting import Forecaster, Foresight


class WorkloadService:
    """How many officers each office of the reader's area needs until all is recorded."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.forecaster = Forecaster(session, now)
        self.laws = LawRepository(session)
        self.area = actor.area

    async def reckon(self, wanted: WorkloadFilter) -> WorkloadOut:
        """One page of offices, in the order of their regions."""
        area = areas.area_asked(self.area, wanted.region)
        seen = await self.forecaster.foresee(wanted.election, ForecastUnit.CASE, wanted.as_of)
        offices = await self.forecaster.counts.offices(places_in(seen, area))
        after = place_of(wanted, str) if wanted.cursor else ""
        rest = sorted(code for code in offices if code > after)
        page = rest[: wanted.limit]
        duties = await self._duties(seen)
        return WorkloadOut(
            election_code=seen.start.election.code,
            as_of=seen.prospect.as_of,
            duties=[_duty(each) for each in duties],
            officer_day=_labour(workload().officer_day),
            items=[_office(seen, code, offices[code], duties) for code in page],
            next_cursor=cursor_after(wanted, page[-1]) if len(rest) > len(page) else None,
            total=len(offices) if wanted.count else None,
        )

    async def _duties(self, seen: Foresight) -> list[Duty]:
        """The steps with the days that the law gives on the day asked about."""
        law = await self.laws.law()
        found = [
            (step, labour, law.rule_for(step, seen.start.election.regime, seen.prospect.as_of))
            for step, labour in workload().steps.items()
        ]
        return [duty_of(step, labour, rule) for step, labour, rule in found if rule]


@cache
def workload() -> Workload:
    return read_workload()


def _office(seen: Foresight, code: str, name: str, duties: Sequence[Duty]) -> OfficeLoadOut:
    now = seen.prospect.season.week_of(_tomorrow(seen))
    coming = range(max(now, 0), len(seen.prospect.arriving[code]))
    weeks = [_week(seen, code, duties, week) for week in coming]
    return OfficeLoadOut(
        office_code=office_code(OfficeKind.BAWASLU, code),
        office=name,
        region_code=code,
        peak_officers=max((each.officers for each in weeks), default=0),
        weeks=weeks,
    )


def _tomorrow(seen: Foresight) -> date:
    """The first day of which nothing is recorded yet."""
    return seen.prospect.as_of + timedelta(days=1)


def _week(seen: Foresight, code: str, duties: Sequence[Duty], week: int) -> WeekLoadOut:
    arriving = [(code, seen.prospect.arriving[code][week])]
    monday = seen.prospect.season.monday(week)
    left = (monday - max(_tomorrow(seen), monday)).days + WEEK
    load = load_of(seen.prospect.fit, arriving, duties, workload().officer_day.hours, left)
    return WeekLoadOut(
        key=week_label(monday),
        since=monday,
        until=monday + timedelta(days=6),
        expected=round(load.arriving.mean, DIGITS),
        bands=bands_out(load.arriving.bands()),
        hours=round(load.hours, 1),
        officers=load.officers,
        officers_extended=load.officers_extended,
        bound_by=load.bound_by,
    )


def _duty(duty: Duty) -> DutyOut:
    return DutyOut(
        step=duty.step,
        hours=duty.hours,
        days=duty.days,
        extended_days=duty.extended_days,
        rule=duty.rule,
        rule_source=duty.source,
        assumption=TextOut.model_validate(duty.assumption),
    )


def _labour(labour: Labour) -> LabourOut:
    return LabourOut(hours=labour.hours, assumption=TextOut.model_validate(labour.assumption))
