"""Signing by personal links: what comes at the same time is written together, and what their
holders can do later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Depends, Request

from app.core.once import Done
from app.declarations.router.showing import take_ticket
from app.declarations.rules.kinds import Method
from app.declarations.rules.tickets import Redemption
from app.declarations.rules.wishes import Recorded
from app.declarations.schemas.changes import OwnSignatureOut, OwnWithdrawalIn, TicketLookupIn
from app.declarations.schemas.signatures import SignatureOut
from app.declarations.schemas.tickets import TicketSignatureIn
from app.declarations.service.own import OwnSignatureService
from app.declarations.service.tickets import Answer, TicketService
from app.web.batching import Batcher
from app.web.clock import Now, present
from app.web.database import Keys, Session
from app.web.door import ticket_door
from app.web.openapi import NAMED_IN_BODY
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.rehearsal import can_be_rehearsed, never_rehearsed

router = rooms("", "declarations")

PATH: Final = "/signatures"
MOST: Final = 160
"""While one is written the next gathers; of 256 phones, too few were left with 200."""
WAITING: Final = 5_000
"""Half a second of a national hour, and less than 10 MiB."""

Signing: TypeAlias = Batcher[Redemption, Done[Recorded]]


def gather(state: Any) -> Signing:
    """The one batcher of a process; `state` is the application's, as it will be when it serves."""

    async def sign_all(redemptions: Sequence[Redemption]) -> Sequence[Answer]:
        async with state.sessions.begin() as session:
            return await TicketService(session, state.keys, present()).sign_all(redemptions)

    return Batcher(sign_all, most=MOST, waiting=WAITING)


async def redeem(
    request: Request,
    written: str,
    method: Method,
    captured_at: datetime | None,
    name: str | None = None,
) -> Done[Recorded]:
    """Have the signature of a ticket written with the others.

    Raises `UnknownTicket` for what is none of ours.
    """
    redemption = Redemption(take_ticket(request, written), method, captured_at, name)
    signing: Signing = request.app.state.signing
    return await signing.put(redemption)


async def redeem_form(request: Request, form: TicketSignatureIn) -> Done[Recorded]:
    return await redeem(request, form.ticket, form.method, form.captured_at, form.name)


async def take_lookup(request: Request, form: TicketLookupIn) -> TicketLookupIn:
    take_ticket(request, form.ticket)
    return form


async def take_withdrawal(request: Request, form: OwnWithdrawalIn) -> OwnWithdrawalIn:
    take_ticket(request, form.ticket)
    return form


async def open_own(session: Session, keys: Keys, now: Now) -> OwnSignatureService:
    return OwnSignatureService(session, keys, now)


Own = Annotated[OwnSignatureService, Depends(open_own)]


@router.post(
    PATH,
    status_code=201,
    response_model=SignatureOut,
    responses=REPEATABLE,
    openapi_extra=NAMED_IN_BODY,
    dependencies=[ticket_door, never_rehearsed],
)
async def sign_by_ticket(
    signed: Annotated[Done[Recorded], Depends(redeem_form)], told: Told
) -> Recorded:
    """Sign by a personal link; the ticket is the key: repeat it until an answer arrives.

    Where the roster names a post alone, `name` says who signs (422, `name-needed`).

    The same body gets the first answer again (200), also after the declaration has closed. Another
    body is refused (409), and so is a person who has signed in another way (`already-signed`).
    """
    return told.of(signed)


@router.post("/signatures/lookup", openapi_extra=NAMED_IN_BODY, dependencies=[ticket_door])
async def read_own_signature(
    form: Annotated[TicketLookupIn, Depends(take_lookup)], own: Own
) -> OwnSignatureOut:
    """Read by a ticket what is to be signed and as whom, or what became of the signature.

    A POST, so that the ticket stands in no address and ends in no log.
    """
    return await own.read(form)


@router.post(
    "/signatures/withdrawal",
    response_model=SignatureOut,
    openapi_extra=NAMED_IN_BODY,
    dependencies=[ticket_door, can_be_rehearsed],
)
async def withdraw_signature(
    form: Annotated[OwnWithdrawalIn, Depends(take_withdrawal)], own: Own
) -> Recorded:
    """Take one's own signature back, at any time; it never counts again, and the log says so.

    Repeat it until an answer arrives.
    """
    return await own.withdraw(form)
