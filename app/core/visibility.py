"""What a reader can see: the one function with which every repository starts its queries."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.functions import Function

from app.core.actors import Actor, ActorKind
from app.core.models import Grant, Wall


def visible_to(
    actor: Actor, id: InstrumentedAttribute[UUID], region_code: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Rows of the actor's area or granted to his office, minus his conflict walls.

    A receipt sees the one thing it was issued for; the public sees nothing here.
    """
    match actor.kind:
        case ActorKind.SYSTEM:
            return true()
        case ActorKind.PUBLIC:
            return false()
        case ActorKind.RECEIPT:
            return id == actor.subject_id
    seen = or_(_in_area(actor.area, region_code), granted_to(actor, id))
    return and_(seen, not_walled(actor, id))


def granted_to(actor: Actor, id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Rows of another area that were addressed to the actor's office."""
    if actor.office_id is None:
        return false()
    return id == func.any(_array(_grants(actor.office_id)))


def not_walled(actor: Actor, id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Rows that no conflict of interest hides from the actor, wherever they lie."""
    return id != func.all(_array(_walls(actor)))


def _walls(actor: Actor) -> Select[UUID]:
    """What stands before him or his office; lifted for him alone, both are."""
    now, own = func.statement_timestamp(), aliased(Wall)
    lifted = exists().where(
        own.subject_id == Wall.subject_id, own.officer_id == actor.id, own.lifted_until > now
    )
    stands = and_(or_(Wall.lifted_until.is_(None), Wall.lifted_until <= now), ~lifted)
    before = Wall.officer_id == actor.id
    if actor.office_id is not None:
        before = or_(before, Wall.office_id == actor.office_id)
    return select(Wall.subject_id).where(before, stands)


def _in_area(area: str | None, region_code: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    if area is None:
        return false()
    return true() if area == "" else region_code.startswith(area, autoescape=True)


def _array(subjects: Select[UUID]) -> Function[Sequence[UUID]]:
    """An array, because an index finds its members beside those of an area, and the planner takes
    it for small; of IN (SELECT …) it supposes that it holds every second row."""
    return func.array(subjects.scalar_subquery())


def _grants(office_id: UUID) -> Select[UUID]:
    # Not the beginning of the transaction: what was granted since then counts as well.
    now = func.statement_timestamp()
    return select(Grant.subject_id).where(
        Grant.office_id == office_id,
        Grant.since <= now,
        or_(Grant.until.is_(None), Grant.until > now),
    )
