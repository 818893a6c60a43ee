"""The same signing as a textbook has it: one request, one transaction, every row an object."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.places import regency_of
from app.declarations.models.declarations import Declaration, Signature, Target
from app.declarations.rules import steps
from app.declarations.rules.persons import commitment
from app.declarations.rules.tickets import UnknownTicket
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.schemas.tickets import TicketSignatureIn
from app.declarations.service.tickets import TicketMaker
from app.ledger.models import LedgerLeaf, LedgerLog
from app.ledger.rules.acts import Act, ActLeaf, write_act
from app.ledger.rules.logs import LogName
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone

router = APIRouter()


@router.post("/textbook", status_code=201, response_model=SignatureOut, dependencies=[anyone])
async def sign(form: TicketSignatureIn, session: Session, keys: Keys, now: Now) -> Signature:
    target = await _target(session, keys, form.ticket)
    declaration = await session.get_one(
        Declaration, target.declaration_id, with_for_update={"read": True, "key_share": True}
    )
    steps.accept_signature(declaration.status)
    log = await session.get_one(LedgerLog, LogName.DECLARATIONS, with_for_update=True)
    if await session.scalar(_earlier(target)) is not None:
        raise steps.AlreadySigned
    signature = _signature(target, form, now, log.size)
    session.add(signature)
    session.add(_leaf(target, signature, declaration))
    log.size += 1
    said = {"declaration": str(declaration.id), "group": target.group.value}
    await Journal(session, PUBLIC, now).record("signature.added", signature, **said)
    return signature


async def _target(session: AsyncSession, keys: Keyring, written: str) -> Target:
    ticket = TicketMaker(keys).read(written)
    target = await session.get(Target, (ticket.region_id, ticket.id))
    if target is None:
        raise UnknownTicket
    return target


def _earlier(target: Target) -> Any:
    same = Signature.person_key == target.person_key
    return select(Signature).where(
        Signature.region_id == target.region_id,
        Signature.declaration_id == target.declaration_id,
        or_(Signature.id == target.id, same),
    )


def _signature(target: Target, form: TicketSignatureIn, now: datetime, index: int) -> Signature:
    return Signature(
        region_id=target.region_id,
        id=target.id,
        declaration_id=target.declaration_id,
        region_code=target.region_code,
        group=target.group,
        role=target.role,
        method=form.method,
        key_id=target.key_id,
        person_key=target.person_key,
        captured_at=form.captured_at,
        recorded_at=now,
        leaf_index=index,
    )


def _leaf(target: Target, signature: Signature, declaration: Declaration) -> LedgerLeaf:
    captured, recorded = signature.captured_at, signature.recorded_at
    act = ActLeaf(
        act=Act.SIGNED,
        declaration=declaration.id,
        text=bytes.fromhex(declaration.text_hash),
        region=regency_of(target.region_code),
        group=target.group.value,
        role=target.role.value,
        commitment=commitment(
            signature.id, target.person_hash, signature.method, captured, recorded
        ),
    )
    return LedgerLeaf(
        log=LogName.DECLARATIONS,
        index=signature.leaf_index,
        data=write_act(act),
        region_id=target.region_id,
        subject_id=signature.id,
    )
