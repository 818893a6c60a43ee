from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.clocks.rules import midnight
from app.complaints.models import Complaint, ComplaintMarks, LegacyCase
from app.complaints.repository.marks import TEXT_SEARCH
from app.complaints.rules.desk import COUNTED, Sort
from app.complaints.rules.legacy import key_of
from app.complaints.rules.marks import area_mark
from app.complaints.schemas.desk import DeskFilter
from app.core.actors import Actor
from app.core.paging import Found, Order, Slice, moment, page_of, place_of
from app.core.places import area_of
from app.core.visibility import granted_to, visible_to

_WIB: Final = ZoneInfo("Asia/Jakarta")

_ORDERS: Final[dict[Sort, Order[Any]]] = {
    Sort.NEWEST: Order(Complaint.submitted_at, Complaint.id, moment, descending=True),
    Sort.OLDEST: Order(Complaint.submitted_at, Complaint.id, moment),
    Sort.DUE: Order(Complaint.next_due_on, Complaint.id, date.fromisoformat, may_be_empty=True),
}
# The same on the marks, which are walked without the complaints where nothing else is asked.
_ORDERS_OF_MARKS: Final[dict[Sort, Order[Any]]] = {
    Sort.NEWEST: Order(ComplaintMarks.submitted_at, ComplaintMarks.id, moment, descending=True),
    Sort.OLDEST: Order(ComplaintMarks.submitted_at, ComplaintMarks.id, moment),
}
# One word stands in every second account, another in one: a plan for any word is right for none.
# And what the desk reads lies in memory, too little of it to share the work out.
_PLANNING: Final = text(
    "DO 'BEGIN SET LOCAL plan_cache_mode = force_custom_plan;"
    " SET LOCAL random_page_cost = 1.1; SET LOCAL max_parallel_workers_per_gather = 0; END'"
)
_FIRST_LOOK: Final = 4_000
"""Rows in which words fill a page that are common together, which no statistics know."""


@dataclass(frozen=True)
class Sought:
    """What is sought: the marks under each index key, and the words that are not personal."""

    marks: Sequence[Sequence[int]] = ()
    text: str | None = None
    may_be_common: bool = True


class DeskRepository:
    """The lists of the desk: no query here can see beyond what the actor sees."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor = actor
        self.today = now.astimezone(_WIB).date()

    async def find(
        self, wanted: DeskFilter, page: Slice, sought: Sought | None = None
    ) -> Found[Complaint]:
        await self.session.execute(_PLANNING)
        if sought is None:
            return await page_of(self.session, self._list(wanted), _ORDERS[wanted.sort], page)
        query, order = self._meeting(wanted, sought), self._order(wanted)
        quick = sought.may_be_common and page.count is None
        found = await self._first_look(query, order, page) if quick else None
        return found or await page_of(self.session, query, order, page)

    async def counts(self, filters: Sequence[DeskFilter]) -> Sequence[int]:
        """How many each filter finds; beyond COUNTED it is one more, whatever there is."""
        await self.session.execute(_PLANNING)
        found = [
            self._list(each).limit(COUNTED + 1).with_only_columns(literal(1)) for each in filters
        ]
        counts = [select(func.count()).select_from(each.subquery()) for each in found]
        row = (
            await self.session.execute(select(*(each.scalar_subquery() for each in counts)))
        ).one()
        return [int(each) for each in row]

    async def _first_look(
        self, query: Select[Complaint], order: Order[Any], page: Slice
    ) -> Found[Complaint] | None:
        """A full page out of the first rows in this order, or nothing."""
        rows = select(order.by)
        if page.cursor is not None:
            rows = rows.where(order.after(*place_of(page, order.place)))
        end = await self.session.scalar(order.on(rows).offset(_FIRST_LOOK).limit(1))
        if end is None:
            return None
        within = order.by >= end if order.descending else order.by <= end
        found = await page_of(self.session, query.where(within), order, page)
        return found if found.next_cursor else None

    def _list(self, wanted: DeskFilter) -> Select[Complaint]:
        query = select(Complaint).where(
            visible_to(self.actor, Complaint.id, Complaint.region_code),
            *_asked(wanted),
            *self._due(wanted),
            *_submitted(wanted, Complaint.submitted_at),
        )
        if wanted.region is None:
            return query
        return query.where(Complaint.region_code.startswith(area_of(wanted.region)))

    def _meeting(self, wanted: DeskFilter, sought: Sought) -> Select[Complaint]:
        """The marks hold the area as well: the index then reads no more than lies in both."""
        seen = visible_to(self.actor, ComplaintMarks.id, ComplaintMarks.region_code)
        return (
            select(Complaint)
            .join(ComplaintMarks, ComplaintMarks.id == Complaint.id)
            # Within a function the planner does not count the area a second time.
            .where(func.coalesce(seen, False), self._met(wanted, sought))
            .where(*_asked(wanted), *self._due(wanted))
            .where(*_submitted(wanted, ComplaintMarks.submitted_at))
        )

    def _met(self, wanted: DeskFilter, sought: Sought) -> ColumnElement[bool]:
        region = [area_of(wanted.region)] if wanted.region else []
        anywhere = _holds(sought, region)
        if self.actor.area == "":
            return anywhere
        granted = and_(granted_to(self.actor, ComplaintMarks.id), anywhere)
        if self.actor.area is None:
            return granted
        return or_(_holds(sought, [self.actor.area, *region]), granted)

    def _order(self, wanted: DeskFilter) -> Order[Any]:
        asks_more = [*_asked(wanted), *self._due(wanted)]
        return (_ORDERS if asks_more else _ORDERS | _ORDERS_OF_MARKS)[wanted.sort]

    def _due(self, wanted: DeskFilter) -> Iterator[ColumnElement[bool]]:
        if wanted.due_before is not None:
            yield Complaint.next_due_on < wanted.due_before
        if wanted.due_within is not None:
            yield Complaint.next_due_on <= self.today + timedelta(days=wanted.due_within)


def _asked(wanted: DeskFilter) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (Complaint.status, wanted.status),
        (Complaint.kind, wanted.kind),
        (Complaint.channel, wanted.channel),
        (Complaint.filed_late, wanted.filed_late),
        (Complaint.office_id, wanted.office_id),
        (Complaint.election_code, wanted.election_code),
    ):
        if value is not None:
            yield column == value
    if wanted.legacy_number is not None:
        key = key_of(wanted.legacy_number)
        yield Complaint.id.in_(select(LegacyCase.id).where(LegacyCase.number_key == key))
    if wanted.unread is not None:
        # Written out, not bound: else a prepared plan cannot know that the partial index serves.
        has_unread = Complaint.unread_messages > literal_column("0")
        yield has_unread if wanted.unread else ~has_unread
    if wanted.withdrawn is not None:
        at = Complaint.withdrawn_at
        yield at.is_not(None) if wanted.withdrawn else at.is_(None)


def _submitted(
    wanted: DeskFilter, at: InstrumentedAttribute[datetime]
) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield at >= midnight(wanted.since, _WIB)
    if wanted.until is not None and wanted.until < date.max:
        yield at < midnight(wanted.until + timedelta(days=1), _WIB)


def _holds(sought: Sought, areas: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row holds all that is sought, and lies in all of these areas."""
    parts: list[ColumnElement[bool]] = []
    if sought.marks:
        numbers = [area_mark(each) for each in areas if each]
        wanted = [[*marks, *numbers] for marks in sought.marks]
        parts.append(or_(*(ComplaintMarks.marks.contains(each) for each in wanted)))
    if sought.text is not None:
        asked: ColumnElement[Any] = func.websearch_to_tsquery(TEXT_SEARCH, sought.text)
        for each in filter(None, areas):
            asked = asked.op("&&")(func.plainto_tsquery(TEXT_SEARCH, each))
        parts.append(ComplaintMarks.plain_words.bool_op("@@")(asked))
    return and_(*parts)
