"""How the rows of this domain are shown on the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app.circulars.models import Circular, CircularAddressee, CircularObligation
from app.circulars.rules import cascade, circulars
from app.circulars.rules.circulars import CircularState
from app.circulars.schemas.cascade import AddresseeOut
from app.circulars.schemas.circulars import CircularDetailOut, CircularOut
from app.circulars.schemas.parts import (
    AddresseeLineOut,
    CircularAttachmentOut,
    CircularEndingIn,
    LetterSignerIn,
    ObligationOut,
)
from app.ledger.rules.logs import LogName


def show(circular: Circular) -> CircularOut:
    return CircularOut(
        id=circular.id,
        office_id=circular.office_id,
        office_name=circular.office_name,
        region_code=circular.region_code,
        time_zone=circular.time_zone,
        kind=circular.kind,
        issuer=circular.issuer,
        signer=LetterSignerIn(post=circular.signer_post, name=circular.signer_name),
        number=circular.number,
        dated_on=circular.dated_on,
        place=circular.place,
        nature=circular.nature,
        subject=circular.subject,
        body=circular.body,
        legal_basis=circular.legal_basis,
        addressees=[AddresseeLineOut.model_validate(each) for each in circular.addressees],
        ends=[CircularEndingIn.model_validate(each) for each in circular.ends],
        copies_to=circular.copies_to,
        in_force_from=circular.in_force_from,
        acknowledge_by=circular.acknowledge_by,
        attachments=[CircularAttachmentOut.model_validate(each) for each in circular.attachments],
        state=circular.state,
        drafted_at=circular.drafted_at,
        issued_at=circular.issued_at,
        content_hash=circular.content_hash.hex() if circular.content_hash else None,
        log=LogName.CIRCULARS,
        issued_leaf=circular.issued_leaf,
        ended_on=circular.ended_on,
        ended_by=circular.ended_by,
        ending_reason=circular.ending_reason,
        ended_leaf=circular.ended_leaf,
        version=circular.version,
    )


def show_whole(
    circular: Circular, obligations: Sequence[CircularObligation], now: datetime
) -> CircularDetailOut:
    today = circulars.day_of(now, circular.time_zone)
    is_in_force = circular.state is not CircularState.DRAFT and circulars.is_in_force(
        today, circular.in_force_from, circular.ended_on
    )
    return CircularDetailOut(
        **dict(show(circular)),
        obligations=[ObligationOut.model_validate(each) for each in obligations],
        is_in_force=is_in_force,
    )


def show_addressee(each: CircularAddressee, circular: Circular, now: datetime) -> AddresseeOut:
    acknowledged = each.acknowledged_at is not None
    today = circulars.day_of(now, circular.time_zone)
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
        next_due_on=each.next_due_on,
        state=cascade.state_of(acknowledged=acknowledged, done=each.done, obligations=each.owed),
        is_overdue=cascade.is_overdue(each.next_due_on, today),
    )


def show_addressees(
    rows: Sequence[CircularAddressee], circulars: Mapping[UUID, Circular], now: datetime
) -> list[AddresseeOut]:
    return [show_addressee(each, circulars[each.circular_id], now) for each in rows]
