"""Which addressed offices one actor can see, and what is late: for every query about them."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, DateTime, cast, func, literal, or_, select, true

from app.circulars.models import Circular, CircularAddressee
from app.core.actors import Actor, ActorKind
from app.core.places import area_of
from app.core.visibility import visible_to


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Those of his area, his own and all below it, and all of the circulars of his office."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    seen = visible_to(actor, CircularAddressee.id, CircularAddressee.region_code)
    if actor.office_id is None:
        return seen
    issued = select(Circular.id).where(Circular.office_id == actor.office_id)
    own = select(CircularAddressee.id).where(CircularAddressee.office_id == actor.office_id)
    # Arrays, so that an index serves each side of the "or".
    return or_(
        seen,
        CircularAddressee.circular_id == func.any(func.array(issued.scalar_subquery())),
        CircularAddressee.office_id == actor.office_id,
        CircularAddressee.ancestors.overlap(func.array(own.correlate(None).scalar_subquery())),
    )


def today_of(now: datetime) -> ColumnElement[date]:
    """The day on the clock of each circular's issuer."""
    return cast(func.timezone(Circular.time_zone, literal(now, DateTime(timezone=True))), Date)


def still_owed(now: datetime) -> ColumnElement[bool]:
    """Of what is out of force nobody owes anything any more."""
    return or_(Circular.ended_on.is_(None), Circular.ended_on > today_of(now))


def within(region: str) -> ColumnElement[bool]:
    return CircularAddressee.region_code.startswith(area_of(region), autoescape=True)
