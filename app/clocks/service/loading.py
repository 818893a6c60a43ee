from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.files.calendars import read_holidays
from app.clocks.files.norms import read_hours, read_rules
from app.clocks.models import CalendarRevision
from app.clocks.repository.law import LawRepository
from app.core.reference import Progress


class LoadingService:
    """Brings the rows that we ship into their tables."""

    def __init__(self, session: AsyncSession) -> None:
        self.laws = LawRepository(session)

    async def load(self, progress: Progress) -> None:
        """Load rules and hours by their keys, and the days off that no revision has known yet.

        What officers brought in stays: their versions of rules, and days that they cancelled.
        """
        deadlines, hours, days = read_rules(), read_hours(), read_holidays()
        kept = await self.laws.proposed_rules()
        for rule in deadlines:
            if (rule.code, rule.version) not in kept:
                await self.laws.put_rule(rule)
        for opening in hours:
            await self.laws.put_hours(opening)
        rows = len(deadlines) + len(hours) + len(days)
        if await self.laws.revision() == 0:
            self.laws.add_revision(CalendarRevision(number=1))
            self.laws.add_holidays(days)
        progress(rows, rows)
