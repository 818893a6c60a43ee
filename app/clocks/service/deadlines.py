from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import StoredHoliday
from app.clocks.repository.calendars import CalendarRepository
from app.clocks.repository.law import LawRepository
from app.clocks.repository.rules import page
from app.clocks.rules.counting import Due
from app.clocks.rules.hours import Period, officially_received_at
from app.clocks.rules.norms import DeadlineRule, Step, in_force
from app.clocks.rules.running import Course
from app.clocks.schemas.calendars import HolidayFilter
from app.clocks.schemas.counting import CountIn
from app.clocks.schemas.rules import RuleFilter
from app.core.errors import Fault, Invalid
from app.core.paging import Found
from app.core.places import NATION
from app.core.texts import Text
from app.elections.rules import Regime

UNKNOWN_RULE: Final = Fault(
    "/rule_code",
    "unknown-rule",
    Text(
        "Tidak ada aturan dengan kode ini yang berlaku pada hari mulai.",
        "No rule with this code is in force on the day of the start.",
    ),
)
NO_EXTENSION: Final = Fault(
    "/extended",
    "not-extendable",
    Text("Aturan ini tidak mengenal perpanjangan.", "This rule knows no extension."),
)


class ClockService:
    """What the law says about time; `zone` is always that of the handling office."""

    def __init__(self, session: AsyncSession) -> None:
        self.laws = LawRepository(session)
        self.calendars = CalendarRepository(session)

    async def receive(
        self,
        submitted_at: datetime,
        zone: str,
        regime: Regime,
        always_open: Sequence[Period] = (),
    ) -> datetime:
        """Say when a submission counts as received; `always_open` adds days to those shipped."""
        law = await self.laws.law()
        hours = [each for each in law.hours if each.regime is regime]
        return officially_received_at(submitted_at, ZoneInfo(zone), hours, always_open)

    async def due(
        self,
        step: Step,
        regime: Regime,
        start: datetime,
        zone: str,
        region_code: str = NATION,
    ) -> Due | None:
        """Say by when a step is due that the rule in force on the day of the start limits."""
        law = await self.laws.law()
        rule = law.rule_for(step, regime, start.astimezone(ZoneInfo(zone)).date())
        return law.count(rule, Course(rule.code, start, zone, region_code)) if rule else None

    async def find(self, wanted: RuleFilter) -> Found[DeadlineRule]:
        rules = (await self.laws.law()).rules
        found = [rule for rule in rules if wanted.regime in (None, rule.regime)]
        return page(in_force(found, wanted.on) if wanted.on else found, wanted)

    async def calendar(self, wanted: HolidayFilter) -> Found[StoredHoliday]:
        return await self.calendars.find(wanted)

    async def count(self, form: CountIn) -> Due:
        """Say by when a step would be due, and why, if it began at this moment."""
        law = await self.laws.law()
        started_on = form.started_at.astimezone(ZoneInfo(form.time_zone)).date()
        found = in_force(law.versions(form.rule_code), started_on)
        if not found:
            raise Invalid(UNKNOWN_RULE)
        if form.extended and not found[0].can_be_extended:
            raise Invalid(NO_EXTENSION)
        course = Course(
            form.rule_code, form.started_at, form.time_zone, form.region_code, form.extended
        )
        return law.count(found[0], course)
