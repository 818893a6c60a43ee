from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, literal, literal_column, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.clocks.rules.counting import midnight
from app.complaints.models.complaints import Complaint, LegacyCase
from app.complaints.models.search import ComplaintMarks
from app.complaints.repository.marks import TEXT_SEARCH
from app.complaints.rules.desk import COUNTED, Sort
from app.complaints.rules.legacy import key_of
from app.complaints.rules.marks import area_mark
from app.complaints.schemas.desk import DeskFilter
from app.core.actors import Actor
from app.core.paging import Found, Order, Slice, moment, page_of
from app.core.places import area_of
from app.core.visibility import granted_to, visible_to

_WIB: Final = ZoneInfo("Asia/Jakarta")

_ORDERS: Final[dict[Sort, Order[Any]]] = {
    Sort.NEWEST: Order(Complaint.submitted_at, Complaint.id, moment, descending=True),
    Sort.OLDEST: Order(Complaint.submitted_at, Complaint.id, moment),
    Sort.DUE: Order(Complaint.next_due_on, Complaint.id, date.fromisoformat, may_be_empty=True),
}


def _orders_of(marks: type[ComplaintMarks]) -> dict[Sort, Order[Any]]:
    """The orders of the list that the marks have as well."""
    return {
        Sort.NEWEST: Order(marks.submitted_at, marks.id, moment, descending=True),
        Sort.OLDEST: Order(marks.submitted_at, marks.id, moment),
    }


_ORDERS_OF_MARKS: Final = _orders_of(ComplaintMarks)
# One word stands in every second account, another in one: a plan for any word is right for none.
# And what the desk reads lies in memory, too little of it to share the work out.
_PLANNING: Final = text(
    "DO 'BEGIN SET LOCAL plan_cache_mode = force_custom_plan;"
    " SET LOCAL random_page_cost = 1.1; SET LOCAL max_parallel_workers_per_gather = 0; END'"
)
_SAMPLE: Final = 4_000
_COMMON: Final = 32
"""Met so often in the sample, a search fills its page sooner by walking down the list; met less
often, sooner by the index on marks. At this border both take 20 to 40 ms of a million rows."""


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
            query, order = self._list(wanted), _ORDERS[wanted.sort]
        elif sought.may_be_common and await self._is_common(wanted, sought):
            query, order = self._walked(wanted, sought)
        else:
            query, order = self._looked_up(wanted, sought)
        return await page_of(self.session, query, order, page)

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

    async def _is_common(self, wanted: DeskFilter, sought: Sought) -> bool:
        """Whether many of the nearest rows meet it: words that go together no statistics know."""
        order = _ORDERS_OF_MARKS.get(wanted.sort, _ORDERS_OF_MARKS[Sort.NEWEST])
        rows = select(ComplaintMarks).where(*_submitted(wanted, ComplaintMarks.submitted_at))
        nearest = aliased(ComplaintMarks, order.on(rows).limit(_SAMPLE).subquery())
        met = select(literal(1)).where(self._met(wanted, sought, nearest)).limit(_COMMON)
        found = await self.session.scalar(select(func.count()).select_from(met.subquery()))
        return found == _COMMON

    def _list(self, wanted: DeskFilter) -> Select[Complaint]:
        query = select(Complaint).where(
            visible_to(self.actor, Complaint.id, Complaint.region_code),
            *_asked(wanted),
            *self._due(wanted),
            *_submitted(wanted, Complaint.submitted_at),
        )
        if wanted.region is None:
            return query
        region, area = area_of(wanted.region), self.actor.area or ""
        if not (region.startswith(area) or area.startswith(region)):
            # Said outright: else all of both areas is read to see that they share nothing.
            query = query.where(granted_to(self.actor, Complaint.id))
        return query.where(Complaint.region_code.startswith(region))

    def _walked(self, wanted: DeskFilter, sought: Sought) -> tuple[Select[Complaint], Order[Any]]:
        """The list in its order, and of each row whether it meets what is sought."""
        met = _opaque(self._met(wanted, sought, ComplaintMarks))
        if [*_asked(wanted), *self._due(wanted)] or wanted.sort not in _ORDERS_OF_MARKS:
            query = self._list(wanted).join(ComplaintMarks, ComplaintMarks.id == Complaint.id)
            return query.where(met), _ORDERS[wanted.sort]
        seen = visible_to(self.actor, ComplaintMarks.id, ComplaintMarks.region_code)
        query = select(Complaint).join(ComplaintMarks, ComplaintMarks.id == Complaint.id)
        query = query.where(_opaque(seen), met)
        query = query.where(*_submitted(wanted, ComplaintMarks.submitted_at))
        return query, _ORDERS_OF_MARKS[wanted.sort]

    def _looked_up(
        self, wanted: DeskFilter, sought: Sought
    ) -> tuple[Select[Complaint], Order[Any]]:
        """All that the index on marks finds, before anything is put in order."""
        seen = visible_to(self.actor, ComplaintMarks.id, ComplaintMarks.region_code)
        found = select(ComplaintMarks.id, ComplaintMarks.submitted_at).where(
            self._met(wanted, sought, ComplaintMarks),
            _opaque(seen),
            *_submitted(wanted, ComplaintMarks.submitted_at),
        )
        hit = aliased(ComplaintMarks, found.cte("hit").prefix_with("MATERIALIZED"))
        query = select(Complaint).join(hit, hit.id == Complaint.id)
        query = query.where(*_asked(wanted), *self._due(wanted))
        return query, _orders_of(hit).get(wanted.sort, _ORDERS[wanted.sort])

    def _met(
        self, wanted: DeskFilter, sought: Sought, marks: type[ComplaintMarks]
    ) -> ColumnElement[bool]:
        """The marks hold the area as well: the index then reads no more than lies in both."""
        region = [area_of(wanted.region)] if wanted.region else []
        anywhere = _holds(marks, sought, region)
        if self.actor.area == "":
            return anywhere
        # Few are granted: they are looked at, not looked up by what is sought.
        granted = and_(granted_to(self.actor, marks.id), _opaque(anywhere))
        if self.actor.area is None:
            return granted
        return or_(_holds(marks, sought, [self.actor.area, *region]), granted)

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


def _holds(row: type[ComplaintMarks], sought: Sought, areas: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row holds all that is sought, and lies in all of these areas."""
    parts: list[ColumnElement[bool]] = []
    if sought.marks:
        numbers = [area_mark(each) for each in areas if each]
        wanted = [[*marks, *numbers] for marks in sought.marks]
        parts.append(or_(*(row.marks.contains(each) for each in wanted)))
    if sought.text is not None:
        asked: ColumnElement[Any] = func.websearch_to_tsquery(TEXT_SEARCH, sought.text)
        for each in filter(None, areas):
            asked = asked.op("&&")(func.plainto_tsquery(TEXT_SEARCH, each))
        parts.append(row.plain_words.bool_op("@@")(asked))
    return and_(*parts)


def _opaque(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition for the rows at hand: no index is read for it, and nothing foretold of it."""
    return func.coalesce(condition, False)
