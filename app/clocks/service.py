from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks import files, rules
from app.clocks.repository import ClockRepository, page
from app.clocks.rules import DeadlineRule, Due, Period, Step
from app.clocks.schemas import RuleFilter
from app.core.paging import Found
from app.core.reference import Progress
from app.elections.rules import Regime


class ClockService:
    """What the law says about time; `zone` is always that of the handling office."""

    def __init__(self, session: AsyncSession) -> None:
        self.clocks = ClockRepository(session)

    async def receive(
        self,
        submitted_at: datetime,
        zone: str,
        regime: Regime,
        always_open: Sequence[Period] = (),
    ) -> datetime:
        """Say when a submission counts as received; `always_open` adds days to those shipped."""
        hours = [each for each in await self.clocks.hours() if each.regime is regime]
        return rules.officially_received_at(submitted_at, ZoneInfo(zone), hours, always_open)

    async def due(self, step: Step, regime: Regime, start: datetime, zone: str) -> Due | None:
        """Say by when a step is due that the rule in force on the day of the start limits."""
        place = ZoneInfo(zone)
        started_on = start.astimezone(place).date()
        rule = rules.rule_for(await self.clocks.rules(), step, regime, started_on)
        return rules.due(rule, start, place) if rule else None

    async def find(self, wanted: RuleFilter) -> Found[DeadlineRule]:
        found = [rule for rule in await self.clocks.rules() if wanted.regime in (None, rule.regime)]
        return page(rules.in_force(found, wanted.on) if wanted.on else found, wanted)

    async def load(self, progress: Progress) -> None:
        deadlines, hours = files.read_rules(), files.read_hours()
        for rule in deadlines:
            await self.clocks.put_rule(rule)
        for opening in hours:
            await self.clocks.put_hours(opening)
        rows = len(deadlines) + len(hours)
        progress(rows, rows)
