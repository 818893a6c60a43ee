"""What a ticket costs whoever shows it."""

from fastapi import Request

from app.core.actors import PUBLIC
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
        return TicketMaker(state.keys).read(written)
    except UnknownTicket:
        state.limits.spend(request, caller_of(request, PUBLIC))
        raise
