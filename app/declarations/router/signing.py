"""Signing by personal links, and what their holders can do later."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

from fastapi import Depends

from app.core.once import Done
from app.declarations.rules.tickets import Redemption
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import LookupIn, OwnSignatureOut, OwnWithdrawalIn
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.schemas.tickets import TicketSignatureIn
from app.declarations.service.own import OwnSignatureService
from app.declarations.service.tickets import TicketService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "declarations")

Signing: TypeAlias = Callable[[Redemption], Awaitable[Done[Recorded]]]


async def open_signing(session: Session, keys: Keys, now: Now) -> Signing:
    """How one redemption is carried out: in the unit of work of its own request."""
    return TicketService(session, keys, now).sign


Sign = Annotated[Signing, Depends(open_signing)]


async def open_own(session: Session, keys: Keys, now: Now) -> OwnSignatureService:
    return OwnSignatureService(session, keys, now)


Own = Annotated[OwnSignatureService, Depends(open_own)]


@router.post(
    "/signatures",
    status_code=201,
    response_model=SignatureOut,
    responses=REPEATABLE,
    dependencies=[anyone],
)
async def sign_by_ticket(form: TicketSignatureIn, sign: Sign, told: Told) -> Recorded:
    """Sign by a personal link; the ticket is the key: repeat it until an answer arrives.

    The same body gets the first answer again (200), also after the declaration has closed. Another
    body is refused (409), and so is a person who has signed in another way (`already-signed`).
    """
    return told.of(await sign(Redemption(form.ticket, form.method, form.captured_at)))


@router.post("/signatures/lookup", dependencies=[anyone])
async def read_own_signature(form: LookupIn, own: Own) -> OwnSignatureOut:
    """Read by a ticket what is to be signed and as whom, or what became of the signature.

    A POST, so that the ticket stands in no address and ends in no log.
    """
    return await own.read(form)


@router.post(
    "/signatures/withdrawal",
    response_model=SignatureOut,
    dependencies=[anyone, can_be_rehearsed],
)
async def withdraw_signature(form: OwnWithdrawalIn, own: Own) -> Recorded:
    """Take one's own signature back, at any time; it never counts again, and the log says so.

    Repeat it until an answer arrives.
    """
    return await own.withdraw(form)
