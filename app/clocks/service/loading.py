from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.files.calendars import is_packaged, read_holidays
from app.clocks.files.norms import read_hours, read_rules
from app.clocks.models import CalendarRevision
from app.clocks.repository.law import LawRepository
from app.clocks.rules.calendars import Holiday
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule
from app.clocks.schemas.previews import HolidayIn, HolidayKeyIn, ProposalIn, RuleVersionIn
from app.clocks.service.previews import PreviewService
from app.core.actors import SYSTEM
from app.core.reference import Progress


class LoadingService:
    """Brings the rows that we ship into their tables."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.laws = LawRepository(session)

    async def load(self, progress: Progress) -> None:
        """Load rules and hours by their keys; what officers brought in stays.

        The first calendar is in force at once. What a later release knows better becomes a
        proposal, for it may move deadlines, and nothing moves before an officer approves.
        """
        law = await self.laws.read()
        rules, hours, days = read_rules(), read_hours(), read_holidays()
        held = await self.laws.proposed_rules()
        newer = [each for each in rules if _is_newer(law, each)]
        for rule in rules:
            if (rule.code, rule.version) not in held and rule not in newer:
                await self.laws.put_rule(rule)
        for opening in hours:
            await self.laws.put_hours(opening)
        if law.revision == 0:
            self.laws.add_revision(CalendarRevision(number=1))
            self.laws.add_holidays(days)
        else:
            await self._propose(law, days, newer)
        rows = len(rules) + len(hours) + len(days)
        progress(rows, rows)

    async def _propose(
        self, law: Law, shipped: Sequence[Holiday], rules: Sequence[DeadlineRule]
    ) -> None:
        """Propose what no revision knew, and the end of days that the package knows no more."""
        ever, now = {each.key for each in law.holidays}, {each.key for each in shipped}
        gone = [
            each
            for each in law.holidays
            if each.until_revision is None and is_packaged(each) and each.key not in now
        ]
        fresh = [each for each in shipped if each.key not in ever]
        if fresh or gone or rules:
            previews = PreviewService(self.session, SYSTEM, await self.laws.moment())
            await previews.propose(_form(fresh, gone, rules))


def _is_newer(law: Law, rule: DeadlineRule) -> bool:
    """Whether it is a further version of a rule that clocks may run under."""
    known = law.versions(rule.code)
    return bool(known) and rule.version > known[-1].version


def _form(
    fresh: Sequence[Holiday], gone: Sequence[Holiday], rules: Sequence[DeadlineRule]
) -> ProposalIn:
    return ProposalIn(
        holidays_added=[
            HolidayIn(
                day=each.day,
                kind=each.kind,
                area_code=each.area_code,
                name=each.name,
                source=each.source,
                confidence=each.confidence,
            )
            for each in fresh
        ],
        holidays_cancelled=[
            HolidayKeyIn(day=each.day, kind=each.kind, area_code=each.area_code) for each in gone
        ],
        rules=[_version(each) for each in rules],
    )


def _version(rule: DeadlineRule) -> RuleVersionIn:
    return RuleVersionIn(
        code=rule.code,
        amount=rule.amount,
        unit=rule.unit,
        first_day_counts=rule.first_day_counts,
        end_of_day=rule.end_of_day,
        roll_over=rule.roll_over,
        stops_on=rule.stops_on,
        extended_amount=rule.extended_amount,
        extended_unit=rule.extended_unit,
        on_transfer=rule.on_transfer,
        breach=rule.breach,
        source=rule.source,
        confidence=rule.confidence,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
    )
