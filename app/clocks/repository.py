from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import StoredHours, StoredRule
from app.clocks.rules import DeadlineRule, OfficeHours
from app.clocks.schemas import RuleFilter
from app.core.paging import Found, cursor_after, place_of
from app.core.remembered import Remembered

_ALL: Final = "all"


@dataclass(frozen=True)
class Law:
    """The reference rows in all their versions."""

    rules: Sequence[DeadlineRule]
    hours: Sequence[OfficeHours]


LAW: Final = Remembered[Law]()
"""Filing must not wait for it, and rows are loaded days before the day that they are valid from."""


class ClockRepository:
    """Deadline rules and office hours, the same for every reader."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def rules(self) -> Sequence[DeadlineRule]:
        return (await self._read()).rules

    async def hours(self) -> Sequence[OfficeHours]:
        return (await self._read()).hours

    async def put_rule(self, rule: DeadlineRule) -> None:
        await self.session.merge(_stored_rule(rule))

    async def put_hours(self, hours: OfficeHours) -> None:
        await self.session.merge(_stored_hours(hours))

    async def _read(self) -> Law:
        return LAW.get(_ALL) or await self._read_anew()

    async def _read_anew(self) -> Law:
        rules = [_rule(row) for row in await self.session.scalars(select(StoredRule))]
        hours = [_hours(row) for row in await self.session.scalars(select(StoredHours))]
        law = Law(rules, hours)
        # Without a rule, the first load is still to come.
        return LAW.keep(_ALL, law) if rules else law


def page(rules: Sequence[DeadlineRule], wanted: RuleFilter) -> Found[DeadlineRule]:
    """Cut one page, in the order of code and version, out of the rules that were asked for."""
    after = place_of(wanted, _place) if wanted.cursor else ("", 0)
    ordered = sorted(rules, key=_key)
    rest = [rule for rule in ordered if _key(rule) > after]
    items = rest[: wanted.limit]
    more = len(rest) > len(items)
    total = len(rules) if wanted.count else None
    last = cursor_after(wanted, items[-1].code, str(items[-1].version)) if more else None
    return Found(items, last, total)


def _key(rule: DeadlineRule) -> tuple[str, int]:
    return rule.code, rule.version


def _place(code: str, version: str) -> tuple[str, int]:
    return code, int(version)


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
    )


def _stored_rule(rule: DeadlineRule) -> StoredRule:
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
