"""What a ticket costs whoever shows it."""

from functools import lru_cache

from fastapi import Request

from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.declarations.rules.tickets import Ticket, UnknownTicket
from app.declarations.service.tickets import TicketMaker
from app.web.limits import caller_of


def take_ticket(request: Request, written: str) -> Ticket:
    """Read a ticket: one of ours costs nothing; what is none costs a request, and raises
    `UnknownTicket`.

    A whole office, or all phones of an operator, may share one address.
    """
    state = request.app.state
    try:
        return _maker(state.keys).read(written)
    except UnknownTicket:
        state.limits.spend(request, caller_of(request, PUBLIC))
        raise


# The key that it needs never changes; to look for it anew is a tenth of reading a ticket.
@lru_cache(maxsize=4)
def _maker(keys: Keyring) -> TicketMaker:
    return TicketMaker(keys)
