"""What offices still owe, thing by thing, from the tables of three domains."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.models import Circular, CircularAddressee, CircularObligation, CircularReport
from app.circulars.repository.sight import still_owed
from app.circulars.rules.cascade import LEAST_DAYS
from app.core.paging import Found, cursor_after, place_of
from app.declarations.models.counts import Coverage
from app.declarations.models.declarations import Declaration
from app.declarations.rules.steps import TAKES_SIGNATURES
from app.offices.models import Office
from app.prevention.repository.matrix import FAN_OUT
from app.prevention.repository.sources import UNKNOWN, Column, Named, Scope, named_by
from app.prevention.rules.matrix import Owed
from app.prevention.schemas.matrix import OwedFilter
from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp
from app.rakor.models.invitations import Invitation
from app.rakor.rules.events import Stage
from app.rakor.rules.followups import UNFINISHED

_NEVER: Final = date(9999, 12, 31)
"""Sorts behind every day; what has none is due whenever."""


class Debt(NamedTuple):
    """One thing that an office owes."""

    due_on: date
    owed: str
    region_code: str
    office_name: str
    item_id: UUID
    office_id: str | None
    thing_id: UUID
    via_id: UUID
    title: str
    number: int
    is_overdue: bool

    @property
    def day(self) -> date | None:
        return None if self.due_on == _NEVER else self.due_on


class About(NamedTuple):
    """The columns that say what is owed; `via` is the row by which it is done, where not `item`."""

    thing: Column
    item: Column
    title: Column
    via: Column | None = None


class OwedRepository:
    """What the offices that a reader sees owe."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, scope: Scope, wanted: OwedFilter) -> Found[Debt]:
        """What is due first comes first."""
        rows = union_all(*(source(scope) for source in _SOURCES)).subquery("owed")
        query: Select[Any] = select(*(rows.c[name] for name in Debt._fields))
        query = query.where(*_asked(rows, wanted))
        total = await self._count(query) if wanted.count else None
        place = [rows.c[name] for name in Debt._fields[:5]]
        if wanted.cursor is not None:
            query = query.where(tuple_(*place) > tuple_(*place_of(wanted, _place)))
        found = await self.session.execute(
            query.order_by(*place).limit(wanted.limit + 1), execution_options=FAN_OUT
        )
        items = [Debt(*row) for row in found]
        page, more = items[: wanted.limit], len(items) > wanted.limit
        return Found(page, cursor_after(wanted, *_said(page[-1])) if more else None, total)

    async def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.subquery())
        return await self.session.scalar(counted, execution_options=FAN_OUT) or 0


def _asked(rows: Subquery, wanted: OwedFilter) -> list[ColumnElement[bool]]:
    said: list[ColumnElement[bool]] = []
    if wanted.office is not None:
        said.append(rows.c.office_name == wanted.office)
    if wanted.owed is not None:
        said.append(rows.c.owed == wanted.owed)
    if wanted.overdue is not None:
        said.append(rows.c.is_overdue == wanted.overdue)
    if wanted.due_by is not None:
        said.append(rows.c.due_on <= wanted.due_by)
    return said


def _acknowledgements(scope: Scope) -> Select[Any]:
    office = named_by(CircularAddressee)
    about = About(CircularAddressee.circular_id, CircularAddressee.id, Circular.subject)
    query = _owed(Owed.ACKNOWLEDGEMENT, office, about).add_columns(
        *_due(_no_sooner(Circular.acknowledge_by), scope.today(Circular.time_zone))
    )
    query = _addressed(query)
    unread = CircularAddressee.acknowledged_at.is_(None)
    return query.where(unread, still_owed(scope.now), scope.covers(office))


def _obligations(scope: Scope) -> Select[Any]:
    """Each by itself; its circular and its addressee say where it is reported."""
    office = named_by(CircularAddressee)
    ids = (CircularAddressee.circular_id, CircularObligation.id)
    about = About(*ids, CircularObligation.what, via=CircularAddressee.id)
    reported = exists().where(
        CircularReport.addressee_id == CircularAddressee.id,
        CircularReport.obligation_id == CircularObligation.id,
    )
    query = _owed(Owed.OBLIGATION, office, about).add_columns(
        *_due(_no_sooner(CircularObligation.due_on), scope.today(Circular.time_zone))
    )
    query = _addressed(query).join(
        CircularObligation, CircularObligation.circular_id == CircularAddressee.circular_id
    )
    undone = CircularAddressee.done < CircularAddressee.owed
    return query.where(undone, ~reported, still_owed(scope.now), scope.covers(office))


def _answers(scope: Scope) -> Select[Any]:
    office = named_by(Invitation)
    about = About(Invitation.event_id, Invitation.id, Event.title)
    query = _owed(Owed.ANSWER, office, about).add_columns(
        *_due(Event.starts_on, scope.today(Event.time_zone))
    )
    query = query.join_from(Invitation, Event, Event.id == Invitation.event_id)
    query = query.outerjoin(Office, Office.id == Invitation.office_id)
    waits = and_(Invitation.answer.is_(None), Invitation.withdrawn_at.is_(None))
    return query.where(waits, Event.stage == Stage.PUBLISHED, scope.covers(office))


def _signatures(scope: Scope) -> Select[Any]:
    """By office, as of the last checkpoint: whose signature is missing only the organiser sees."""
    office = Named(UNKNOWN, Coverage.office, Coverage.region_code, UNKNOWN)
    missing = Coverage.targets - Coverage.signed
    about = About(Coverage.declaration_id, Coverage.declaration_id, Declaration.title)
    query = _owed(Owed.SIGNATURES, office, about, number=missing).add_columns(
        *_due(Declaration.held_on, scope.today(Office.time_zone))
    )
    query = query.join_from(Coverage, Declaration, Declaration.id == Coverage.declaration_id)
    query = query.join(Office, Office.id == Declaration.office_id)
    is_open = Declaration.status.in_(TAKES_SIGNATURES)
    return query.where(is_open, Coverage.office != "", missing > 0, scope.covers(office))


def _follow_ups(scope: Scope) -> Select[Any]:
    office = named_by(EventFollowUp, EventFollowUp.office_region_code)
    about = About(EventFollowUp.event_id, EventFollowUp.id, EventFollowUp.action)
    query = _owed(Owed.FOLLOW_UP, office, about).add_columns(
        *_due(EventFollowUp.due_on, scope.today(EventFollowUp.time_zone))
    )
    query = query.outerjoin_from(EventFollowUp, Office, Office.id == EventFollowUp.office_id)
    return query.where(EventFollowUp.state.in_(UNFINISHED), scope.covers(office))


_SOURCES: Final[tuple[Callable[[Scope], Select[Any]], ...]] = (
    _acknowledgements,
    _obligations,
    _answers,
    _signatures,
    _follow_ups,
)


def _addressed(query: Select[Any]) -> Select[Any]:
    query = query.join_from(
        CircularAddressee, Circular, Circular.id == CircularAddressee.circular_id
    )
    return query.outerjoin(Office, Office.id == CircularAddressee.office_id)


def _owed(owed: Owed, office: Named, about: About, number: Any = None) -> Select[Any]:
    return select(
        cast(literal(owed.value), Text).label("owed"),
        office.region.label("region_code"),
        office.name.label("office_name"),
        office.id.label("office_id"),
        about.thing.label("thing_id"),
        about.item.label("item_id"),
        (about.item if about.via is None else about.via).label("via_id"),
        about.title.label("title"),
        cast(literal(1) if number is None else number, Integer).label("number"),
    )


def _due(day: Column, today: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    late = func.coalesce(day < today, False)
    return func.coalesce(day, cast(_NEVER, Date)).label("due_on"), late.label("is_overdue")


def _no_sooner(day: Column) -> ColumnElement[Any]:
    """As `cascade.next_due` has it: whoever was told late has some days all the same, but not
    those whom the letter reached in time."""
    addressed_on = cast(func.timezone(Circular.time_zone, CircularAddressee.addressed_at), Date)
    told_late = or_(CircularAddressee.parent_id.is_not(None), day < addressed_on)
    later = func.greatest(day, addressed_on + LEAST_DAYS)
    return case((and_(day.is_not(None), told_late), later), else_=day)


def _place(
    due_on: str, owed: str, region_code: str, office_name: str, item_id: str
) -> tuple[date, str, str, str, UUID]:
    names = str(owed), str(region_code), str(office_name)
    return date.fromisoformat(due_on), *names, UUID(hex=item_id)


def _said(debt: Debt) -> tuple[str, ...]:
    names = debt.owed, debt.region_code, debt.office_name
    return debt.due_on.isoformat(), *names, debt.item_id.hex
