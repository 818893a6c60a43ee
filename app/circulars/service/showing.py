"""How the rows of this domain are shown on the wire."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from app.circulars.models import Circular, CircularAddressee, CircularObligation
from app.circulars.rules import cascade, circulars
from app.circulars.rules.circulars import CircularState
from app.circulars.schemas.cascade import AddresseeOut
from app.circulars.schemas.parts import (
    AddresseeLineOut,
    CircularAttachmentOut,
    CircularEndingIn,
    LetterSignerIn,
    ObligationOut,
)
from app.circulars.schemas.shown import (
    CircularDetailOut,
    CircularEndedOut,
    CircularNamedOut,
    CircularOut,
)
from app.ledger.rules.logs import LogName


def show(circular: Circular) -> CircularOut:
    """A row of a list; nothing of the letter itself is touched."""
    return CircularOut(
        **dict(_named(circular)),
        office_id=circular.office_id,
        office_name=circular.office_name,
        region_code=circular.region_code,
        time_zone=circular.time_zone,
        kind=circular.kind,
        nature=circular.nature,
        in_force_from=circular.in_force_from,
        acknowledge_by=circular.acknowledge_by,
        state=circular.state,
        drafted_at=circular.drafted_at,
        issued_at=circular.issued_at,
        content_hash=circular.content_hash.hex() if circular.content_hash else None,
        log=LogName.CIRCULARS,
        issued_leaf=circular.issued_leaf,
        ended_on=circular.ended_on,
        ended_by=circular.ended_by,
        ended_leaf=circular.ended_leaf,
        version=circular.version,
    )


def show_whole(
    circular: Circular,
    obligations: Sequence[CircularObligation],
    others: Mapping[UUID, Circular],
    now: datetime,
) -> CircularDetailOut:
    """The letter; `others` are the circulars that it ends, and the one that ended it."""
    ends = [CircularEndingIn.model_validate(each) for each in circular.ends]
    successor = others.get(circular.ended_by) if circular.ended_by else None
    return CircularDetailOut(
        **dict(show(circular)),
        signer=LetterSignerIn(post=circular.signer_post, name=circular.signer_name),
        place=circular.place,
        body=circular.body,
        legal_basis=circular.legal_basis,
        addressees=[AddresseeLineOut.model_validate(each) for each in circular.addressees],
        ends=ends,
        ended_circulars=_ended(ends, others),
        ended_by_circular=_named(successor) if successor else None,
        copies_to=circular.copies_to,
        attachments=[CircularAttachmentOut.model_validate(each) for each in circular.attachments],
        obligations=[ObligationOut.model_validate(each) for each in obligations],
        ending_reason=circular.ending_reason,
        is_in_force=_is_in_force(circular, now),
    )


def _is_in_force(circular: Circular, now: datetime) -> bool:
    today = circulars.day_of(now, circular.time_zone)
    since = circulars.first_day(circular.in_force_from, circular.dated_on)
    is_issued = circular.state is not CircularState.DRAFT
    return is_issued and circulars.is_in_force(today, since, circular.ended_on)


def _ended(
    ends: Sequence[CircularEndingIn], others: Mapping[UUID, Circular]
) -> list[CircularEndedOut]:
    return [
        CircularEndedOut(**dict(_named(others[each.circular_id])), how=each.how)
        for each in ends
        if each.circular_id in others
    ]


def _named(circular: Circular) -> CircularNamedOut:
    return CircularNamedOut(
        id=circular.id,
        issuer=circular.issuer,
        number=circular.number,
        dated_on=circular.dated_on,
        subject=circular.subject,
    )


def show_addressee(each: CircularAddressee, circular: Circular, now: datetime) -> AddresseeOut:
    acknowledged = each.acknowledged_at is not None
    today = circulars.day_of(now, circular.time_zone)
    due_on = _due_on(each, circular, today)
    return AddresseeOut(
        id=each.id,
        circular_id=circular.id,
        number=circular.number,
        subject=circular.subject,
        parent_id=each.parent_id,
        depth=each.depth,
        category=each.category,
        region_code=each.region_code,
        office_id=each.office_id,
        office_name=each.office_name,
        post=each.post,
        addressed_at=each.addressed_at,
        acknowledged_at=each.acknowledged_at,
        forwarded=each.forwarded,
        owed=each.owed,
        done=each.done,
        next_due_on=due_on,
        state=cascade.state_of(acknowledged=acknowledged, done=each.done, obligations=each.owed),
        is_overdue=cascade.is_overdue(due_on, today),
    )


def _due_on(each: CircularAddressee, circular: Circular, today: date) -> date | None:
    """The day of what it owes next; for what is out of force nobody can do anything any more."""
    return None if circulars.is_over(circular.ended_on, today) else each.next_due_on


def show_addressees(
    rows: Sequence[CircularAddressee], circulars: Mapping[UUID, Circular], now: datetime
) -> list[AddresseeOut]:
    return [show_addressee(each, circulars[each.circular_id], now) for each in rows]
