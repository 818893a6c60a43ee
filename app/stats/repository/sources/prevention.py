"""Prevention: declarations and signatures, events and who came, circulars and questions."""

from typing import Any, Final

from sqlalchemy import FromClause, Select, Text, case, cast, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.selectable import LateralFromClause

from app.circulars.models import Circular
from app.circulars.rules.circulars import CircularState
from app.consultations.models.questions import Consultation
from app.declarations.models.declarations import Declaration, Signature
from app.declarations.rules.kinds import SignatoryRole, SignatureState
from app.ledger.models import LedgerLeaf
from app.ledger.rules.acts import Act
from app.ledger.rules.logs import LogName
from app.rakor.models.events import Event
from app.rakor.models.presence import CheckIn
from app.rakor.rules.attendance import Direction
from app.stats.repository.sources.shape import (
    TOUCHED,
    Among,
    all_of,
    is_touched,
    listed,
    local_day,
    one,
    row,
)
from app.stats.rules.units import COUNTED_DECLARATIONS, COUNTED_EVENTS

_SIGNATURES: Final[FromClause] = Signature.__table__


def declarations(among: Among) -> Select[Any]:
    rows = row(
        Declaration.id,
        Declaration.region_code,
        Declaration.held_on,
        Declaration.election_code,
        status=Declaration.status,
        kind=one(Declaration.kind),
    )
    return rows.where(among(Declaration.id), Declaration.status.in_(COUNTED_DECLARATIONS))


def events(among: Among) -> Select[Any]:
    rows = row(
        Event.id,
        Event.region_code,
        Event.starts_on,
        Event.election_code,
        status=Event.stage,
        kind=listed(Event.kinds),
        channel=Event.mode,
    )
    return rows.where(among(Event.id), Event.stage.in_(COUNTED_EVENTS))


def attendance(among: Among) -> Select[Any]:
    """The first check-in of each invitation, or uninvited office and post, at each event."""
    visitor = (CheckIn.invitation_id, CheckIn.office_name, CheckIn.post)
    place = (CheckIn.region_id, CheckIn.event_id)
    first = (
        select(CheckIn)
        .where(CheckIn.direction == Direction.IN, among(CheckIn.event_id))
        .ext(distinct_on(*place, *visitor))
        .order_by(*place, *visitor, CheckIn.captured_at, CheckIn.id)
        .subquery()
    )
    day = local_day(first.c.captured_at)
    rows = row(
        first.c.event_id,
        first.c.region_code,
        day,
        Event.election_code,
        part=cast(first.c.id, Text),
        channel=first.c.mode,
    )
    return rows.select_from(first).join(Event, Event.id == first.c.event_id)


def circulars(among: Among) -> Select[Any]:
    rows = row(
        Circular.id,
        Circular.region_code,
        Circular.dated_on,
        status=Circular.state,
        kind=one(Circular.kind),
    )
    return rows.where(among(Circular.id), Circular.state != CircularState.DRAFT)


def consultations(among: Among) -> Select[Any]:
    rows = row(
        Consultation.id,
        Consultation.region_code,
        local_day(Consultation.asked_at),
        status=Consultation.state,
        kind=one(Consultation.asker),
    )
    return rows.where(among(Consultation.id))


def declarations_touched() -> Select[Any]:
    return select(Declaration.id).where(is_touched(Declaration.id))


def events_touched() -> Select[Any]:
    return select(Event.id).where(is_touched(Event.id))


def attendance_touched() -> Select[Any]:
    """The events at which somebody was noted; their visitors are told apart anew (fan-out)."""
    noted = select(CheckIn.event_id).join(
        TOUCHED, (CheckIn.region_id == TOUCHED.c.region_id) & (CheckIn.id == TOUCHED.c.id)
    )
    return all_of(select(Event.id).where(is_touched(Event.id)), noted)


def circulars_touched() -> Select[Any]:
    return select(Circular.id).where(is_touched(Circular.id))


def consultations_touched() -> Select[Any]:
    return select(Consultation.id).where(is_touched(Consultation.id))


def signatures() -> Select[Any]:
    """How many valid signatures there are, by all that tells them apart (fan-out)."""
    valid = Signature.state == SignatureState.VALID
    columns = _signature_columns(_SIGNATURES)
    rows = select(*columns, func.count().label("change")).select_from(Signature)
    joined = rows.join(Declaration, Declaration.id == Signature.declaration_id)
    return joined.where(_counted(), valid).group_by(*columns)


def signed_between(first: int, beyond: int) -> Select[Any]:
    """What the acts on signatures from one leaf up to another change (fan-out)."""
    act = func.split_part(func.convert_from(LedgerLeaf.data, "UTF8"), " ", 2)
    change = case((act.in_([Act.SIGNED, Act.REINSTATED]), 1), else_=-1)
    signature = _signature_of(LedgerLeaf)
    columns = _signature_columns(signature)
    rows = select(*columns, act.label("act"), func.sum(change).label("change"))
    joined = (
        rows.select_from(LedgerLeaf)
        .join(signature, true())
        .join(Declaration, Declaration.id == signature.c.declaration_id)
    )
    piece = LedgerLeaf.log == LogName.DECLARATIONS, LedgerLeaf.index.between(first, beyond - 1)
    return joined.where(*piece).group_by(*columns, act)


def _signature_of(leaf: type[LedgerLeaf]) -> LateralFromClause:
    # Row by row: joined, a piece of a rush has all signatures read, by every processor there is.
    found = select(Signature).where(
        Signature.region_id == leaf.region_id, Signature.id == leaf.subject_id, _counted()
    )
    return found.limit(1).lateral()


def _counted() -> Any:
    return Signature.role != SignatoryRole.WITNESS


def _signature_columns(signatures: FromClause) -> tuple[Any, ...]:
    signature = signatures.c
    return (
        func.left(signature.region_code, literal_column("5")).label("region_code"),
        func.coalesce(Declaration.election_code, "").label("election_code"),
        local_day(signature.recorded_at).label("day"),
        signature.group.label("kind"),
        signature.method.label("channel"),
    )
