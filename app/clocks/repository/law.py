"""The rows of the law of time, the same for every reader."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import CalendarRevision, StoredHoliday, StoredHours, StoredRule
from app.clocks.rules.calendars import Holiday
from app.clocks.rules.hours import OfficeHours
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule
from app.core.remembered import Remembered

_ALL: Final = "all"
_CHANGED: Final = "law_of_time_changed"

LAW: Final = Remembered[Law]()
"""Filing must not wait for it. A process that counts with rows which an approval has just replaced
writes their revision beside the date, and the worker counts such a clock again."""


class LawRepository:
    """Deadline rules, office hours and holidays, in all versions and revisions."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def law(self) -> Law:
        if self.session.info.get(_CHANGED):
            return await self.read()
        return LAW.get(_ALL) or await self._remembered()

    async def change(self) -> None:
        """Let nobody else change the law until this transaction has ended.

        From here on this transaction changes the law: what it reads is for itself alone until
        it is committed, and what the process remembers is out of date then."""
        newest = select(CalendarRevision).order_by(CalendarRevision.number.desc()).limit(1)
        await self.session.execute(newest.with_for_update())
        self.session.info[_CHANGED] = True
        LAW.forget()

    async def read(self) -> Law:
        """As the database has it now; never remembered, for this transaction may yet be undone."""
        session = self.session
        return Law(
            [_rule(row) for row in await session.scalars(select(StoredRule))],
            [_hours(row) for row in await session.scalars(select(StoredHours))],
            [_holiday(row) for row in await session.scalars(select(StoredHoliday))],
            await self.revision(),
        )

    async def revision(self) -> int:
        """The number of the present revision; 0 before the first load."""
        return await self.session.scalar(select(func.max(CalendarRevision.number))) or 0

    async def moment(self) -> datetime:
        """For a load, which brings no moment of its own."""
        now: datetime = (await self.session.execute(select(func.now()))).scalar_one()
        return now

    def add_revision(self, revision: CalendarRevision) -> None:
        self.session.add(revision)

    async def put_rule(self, rule: DeadlineRule, since_revision: int = 1) -> None:
        await self.session.merge(_stored_rule(rule, since_revision))

    async def proposed_rules(self) -> set[tuple[str, int]]:
        """Versions that officers brought in, by code and number."""
        query = select(StoredRule.code, StoredRule.version).where(StoredRule.since_revision > 1)
        return {(code, version) for code, version in await self.session.execute(query)}

    async def put_hours(self, hours: OfficeHours) -> None:
        await self.session.merge(_stored_hours(hours))

    def add_holidays(self, holidays: Sequence[Holiday], revision: int = 1) -> None:
        self.session.add_all([_stored_holiday(each, revision) for each in holidays])

    async def end_holidays(self, ended: Sequence[Holiday], revision: int) -> None:
        """Let days off be none any more from this revision on; earlier ones keep them."""
        keys = {each.key for each in ended}
        present = select(StoredHoliday).where(
            StoredHoliday.until_revision.is_(None),
            StoredHoliday.day.in_([each.day for each in ended]),
        )
        for row in await self.session.scalars(present):
            if (row.day, row.kind, row.area_code) in keys:
                row.until_revision = revision
        # At once: a new row of the same day may stand only when the old one has ended.
        await self.session.flush()

    async def _remembered(self) -> Law:
        law = await self.read()
        # Without a rule, the first load is still to come.
        return LAW.keep(_ALL, law) if law.rules else law


def _rule(row: StoredRule) -> DeadlineRule:
    return DeadlineRule(
        code=row.code,
        version=row.version,
        regime=row.regime,
        step=row.step,
        amount=row.amount,
        unit=row.unit,
        start_event=row.start_event,
        first_day_counts=row.first_day_counts,
        end_of_day=row.end_of_day,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        roll_over=row.roll_over,
        stops_on=row.stops_on,
        extended_amount=row.extended_amount,
        extended_unit=row.extended_unit,
        on_transfer=row.on_transfer,
        breach=row.breach,
    )


def _stored_rule(rule: DeadlineRule, since_revision: int) -> StoredRule:
    return StoredRule(
        code=rule.code,
        version=rule.version,
        regime=rule.regime,
        step=rule.step,
        amount=rule.amount,
        unit=rule.unit,
        start_event=rule.start_event,
        first_day_counts=rule.first_day_counts,
        end_of_day=rule.end_of_day,
        source=rule.source,
        confidence=rule.confidence,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        roll_over=rule.roll_over,
        stops_on=rule.stops_on,
        extended_amount=rule.extended_amount,
        extended_unit=rule.extended_unit,
        on_transfer=rule.on_transfer,
        breach=rule.breach,
        since_revision=since_revision,
    )


def _hours(row: StoredHours) -> OfficeHours:
    return OfficeHours(
        code=row.code,
        version=row.version,
        regime=row.regime,
        weekday=row.weekday,
        opens=row.opens,
        closes=row.closes,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _stored_hours(hours: OfficeHours) -> StoredHours:
    return StoredHours(
        code=hours.code,
        version=hours.version,
        regime=hours.regime,
        weekday=hours.weekday,
        opens=hours.opens,
        closes=hours.closes,
        source=hours.source,
        confidence=hours.confidence,
        valid_from=hours.valid_from,
        valid_to=hours.valid_to,
    )


def _holiday(row: StoredHoliday) -> Holiday:
    return Holiday(
        day=row.day,
        kind=row.kind,
        name=row.name,
        source=row.source,
        confidence=row.confidence,
        area_code=row.area_code,
        since_revision=row.since_revision,
        until_revision=row.until_revision,
    )


def _stored_holiday(holiday: Holiday, revision: int) -> StoredHoliday:
    return StoredHoliday(
        day=holiday.day,
        kind=holiday.kind,
        name=holiday.name,
        source=holiday.source,
        confidence=holiday.confidence,
        area_code=holiday.area_code,
        since_revision=revision,
    )
