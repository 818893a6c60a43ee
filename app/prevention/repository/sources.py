"""What each domain knows of an office, counted by office: one select for each, all of one shape."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.circulars.models import Circular, CircularAddressee
from app.circulars.repository.sight import still_owed, today_of
from app.consultations.models.questions import Consultation
from app.core.actors import Actor, ActorKind
from app.core.places import area_of
from app.declarations.models.counts import Coverage
from app.declarations.models.declarations import Declaration
from app.declarations.rules.kinds import Status
from app.offices.models import Office
from app.prevention.rules.matrix import SMALLEST
from app.rakor.models.events import Event
from app.rakor.models.followups import EventFollowUp
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import Answer, AttendanceMode
from app.rakor.rules.events import Stage
from app.rakor.rules.followups import UNFINISHED, EventFollowUpState

Column: TypeAlias = ColumnElement[Any] | InstrumentedAttribute[Any]
UNKNOWN: Final = cast(null(), Text)
_HELD: Final = (Stage.HELD, Stage.REPORTED)


class Measures(NamedTuple):
    """What is counted of an office; `withheld` are offices that were asked 1 to 4 times."""

    addressed: int
    acknowledged: int
    circulars_overdue: int
    targets: int
    signed: int
    invited: int
    present: int
    represented: int
    excused: int
    planned: int
    done: int
    follow_ups_overdue: int
    asked: int
    withheld: int


class Named(NamedTuple):
    """The columns by which a table says which office it means; `id` is text and `key` that of the
    catalogue of posts, both null where a table knows offices by name alone."""

    id: ColumnElement[Any]
    name: Column
    region: Column
    key: Column


class Scope(NamedTuple):
    """Which offices are looked at: those that the reader (of `own`) sees, of a region, or one."""

    actor: Actor
    own: Office | None
    region: str | None
    office: Office | None
    now: datetime

    def covers(self, office: Named) -> ColumnElement[bool]:
        said = [self._is_seen(office)]
        if self.region is not None:
            said.append(office.region.startswith(area_of(self.region), autoescape=True))
        if self.office is not None:
            said.append(_is(office, self.office))
        return and_(*said)

    def moment(self) -> ColumnElement[datetime]:
        return literal(self.now, DateTime(timezone=True))

    def today(self, zone: Column) -> ColumnElement[Any]:
        """The day on a clock in this zone."""
        return cast(func.timezone(zone, self.moment()), Date)

    def _is_seen(self, office: Named) -> ColumnElement[bool]:
        """Those of his area, and his own; a partner's office has no area."""
        if self.actor.kind is ActorKind.SYSTEM or self.actor.area == "":
            return true()
        seen = [_is(office, self.own)] if self.own is not None else []
        if self.actor.area is not None:
            seen.append(office.region.startswith(self.actor.area, autoescape=True))
        return or_(false(), *seen)


def named_by(kind: Any, region: Column | None = None, *, key: Column = UNKNOWN) -> Named:
    """Of a table with ids and names, joined to the register, whose name goes before."""
    name = func.coalesce(Office.name, kind.office_name)
    place = kind.region_code if region is None else region
    return Named(cast(kind.office_id, Text), name, place, key)


def comparable_in(name: Column) -> ColumnElement[str]:
    """The same name however it is written: without case, spaces and signs."""
    return func.regexp_replace(func.lower(name), "[^[:alnum:]]", "", "g")


def circulars(scope: Scope) -> Select[Any]:
    office = named_by(CircularAddressee, key=CircularAddressee.office_key)
    late = and_(CircularAddressee.next_due_on < today_of(scope.now), still_owed(scope.now))
    counts = {
        "addressed": func.count(),
        "acknowledged": func.count(CircularAddressee.acknowledged_at),
        "circulars_overdue": func.count().filter(late),
    }
    query = _counted(office, counts).join_from(
        CircularAddressee, Circular, Circular.id == CircularAddressee.circular_id
    )
    query = query.outerjoin(Office, Office.id == CircularAddressee.office_id)
    return query.where(scope.covers(office))


def rosters(scope: Scope) -> Select[Any]:
    office = Named(UNKNOWN, Coverage.office, Coverage.region_code, UNKNOWN)
    counts = {"targets": func.sum(Coverage.targets), "signed": func.sum(Coverage.signed)}
    query = _counted(office, counts).join_from(
        Coverage, Declaration, Declaration.id == Coverage.declaration_id
    )
    stands = and_(Coverage.office != "", Coverage.targets > 0)
    return query.where(stands, Declaration.status != Status.CANCELLED, scope.covers(office))


def meetings(scope: Scope) -> Select[Any]:
    """Who was there tells the door; of who was not, the answer tells whether with excuse. Who came
    before the invitation was withdrawn was there."""
    rows = _attended(scope).subquery("attended")
    office = Named(rows.c.office_id, rows.c.office_name, rows.c.region_code, rows.c.office_key)
    unseen = rows.c.came.is_(None)
    counts = {
        "invited": func.count(),
        "present": func.count().filter(rows.c.came.is_(True)),
        "represented": func.count().filter(rows.c.came.is_(False)),
        "excused": func.count().filter(unseen, rows.c.answer == Answer.DECLINED),
    }
    counted = or_(rows.c.withdrawn_at.is_(None), rows.c.came.is_not(None))
    return _counted(office, counts).select_from(rows).where(counted)


def _attended(scope: Scope) -> Select[Any]:
    office = named_by(Invitation, key=Invitation.office_key)
    # Lateral, so that it is looked up once for each, however often it is asked below.
    seen = (
        select(func.bool_or(CheckIn.mode != AttendanceMode.REPRESENTED).label("came"))
        .where(
            CheckIn.region_id == Event.region_id,
            CheckIn.event_id == Event.id,
            CheckIn.invitation_id == Invitation.id,
        )
        .correlate(Event, Invitation)
        .lateral("seen")
    )
    query = select(
        office.region.label("region_code"),
        office.name.label("office_name"),
        office.id.label("office_id"),
        office.key.label("office_key"),
        Invitation.answer,
        Invitation.withdrawn_at,
        seen.c.came,
    ).join_from(Invitation, Event, Event.id == Invitation.event_id)
    query = query.outerjoin(Office, Office.id == Invitation.office_id).join(seen, true())
    return query.where(Event.stage.in_(_HELD), scope.covers(office))


def follow_ups(scope: Scope) -> Select[Any]:
    office = named_by(EventFollowUp, EventFollowUp.office_region_code)
    state = EventFollowUp.state
    counts = {
        "planned": func.count(),
        "done": func.count().filter(state == EventFollowUpState.DONE),
        "follow_ups_overdue": func.count().filter(
            state.in_(UNFINISHED), EventFollowUp.due_at <= scope.moment()
        ),
    }
    query = _counted(office, counts).select_from(EventFollowUp)
    query = query.outerjoin(Office, Office.id == EventFollowUp.office_id)
    return query.where(state != EventFollowUpState.CANCELLED, scope.covers(office))


def consultations(scope: Scope) -> Select[Any]:
    """By the office that answers; an office with fewer than five withholds every sum it is in."""
    office = Named(cast(Office.id, Text), Office.name, Office.region_code, UNKNOWN)
    asked = func.count()
    counts = {
        "asked": asked,
        "withheld": cast(asked < SMALLEST, Integer),
    }
    query = _counted(office, counts).join_from(
        Consultation, Office, Office.id == Consultation.office_id
    )
    return query.where(scope.covers(office))


SOURCES: Final = (circulars, rosters, meetings, follow_ups, consultations)


def _is(office: Named, wanted: Office) -> ColumnElement[bool]:
    """By its id, or where there is none by region and name."""
    by_name = and_(
        office.id.is_(None),
        office.region == wanted.region_code,
        comparable_in(office.name) == comparable_in(literal(wanted.name)),
    )
    return or_(office.id == str(wanted.id), by_name)


def _counted(office: Named, counts: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
    zero = literal(0)
    measures = (cast(counts.get(name, zero), BigInteger).label(name) for name in Measures._fields)
    query = select(
        office.region.label("region_code"),
        office.name.label("office_name"),
        office.id.label("office_id"),
        office.key.label("office_key"),
        *measures,
    )
    return query.group_by(office.region, office.name, office.id, office.key)
