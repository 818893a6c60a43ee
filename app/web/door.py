"""The door: it asks who is there, and lets in only those who hold the permission."""

from typing import Annotated, Any, Final

from fastapi import Depends, Request

from app.core.actors import PUBLIC, Actor, ActorKind, Permission
from app.core.errors import DomainError, NotAllowed, Unauthenticated
from app.core.texts import Text
from app.web.limits import ANONYMOUS, caller_of
from app.web.proof import TollExpected

PUBLIC_DOOR: Final = "public"
"""What the contract calls the permission of a door that is open to everybody."""


class PasswordChangeRequired(NotAllowed):
    """The first password was given by somebody else, so it opens nothing but its own change."""

    code = "password-change-required"
    text = Text(
        "Ganti dulu kata sandi pertama Anda di /auth/password.",
        "Change your first password at /auth/password before anything else.",
    )


async def current_actor(request: Request) -> Actor:
    """Who asks: nobody (the public), an officer, a machine client, or a receipt."""
    written = request.headers.get("authorization")
    actor = PUBLIC if written is None else await _known(request, written)
    caller = caller_of(request, actor)
    if caller.policy == ANONYMOUS and hasattr(request.state, "toll"):
        request.state.actor = actor
        await request.state.toll.pay(caller)
        return actor
    return _let_in(request, actor)


CurrentActor = Annotated[Actor, Depends(current_actor)]


async def _known(request: Request, written: str) -> Actor:
    # In a unit of work of its own: no connection waits while a slow body arrives.
    try:
        async with request.app.state.sessions.begin() as session:
            actor: Actor = await request.app.state.authenticate(session, written)
            return actor
    except Unauthenticated:
        _let_in(request, PUBLIC)
        raise


def _let_in(request: Request, actor: Actor) -> Actor:
    request.state.actor = actor
    request.app.state.limits.spend(request, caller_of(request, actor))
    return actor


class Door:
    """Stands before one operation; `permission` None is a door open to everybody."""

    def __init__(self, permission: Permission | None) -> None:
        self.permission = permission

    async def __call__(self, actor: CurrentActor) -> None:
        if self.permission is not None and not actor.may(self.permission):
            raise _refusal(actor)


class TokenDoor(Door):
    """Stands open before the token end points, which read credentials themselves: those in the
    form, and HTTP Basic of a machine client (RFC 6749, 2.3.1). An old token that a client still
    sends with its renewal is no obstacle."""

    def __init__(self) -> None:
        super().__init__(None)

    async def __call__(self, request: Request) -> None:  # type: ignore[override]
        _let_in(request, PUBLIC)


class TollDoor(Door):
    """Stands open to the public, to whom over its share a proof of work opens it all the same."""

    def __init__(self) -> None:
        super().__init__(None)

    # The toll comes first: it has to be known when the caller's share is looked at.
    async def __call__(self, toll: TollExpected, actor: CurrentActor) -> None:  # type: ignore[override]
        pass


class TicketDoor(Door):
    """Stands open to the public without a look at the caller's share: the operation behind it
    looks at it where what is shown is no ticket of ours. Tickets of a whole country may come from
    a few addresses."""

    def __init__(self) -> None:
        super().__init__(None)

    async def __call__(self, request: Request) -> None:  # type: ignore[override]
        written = request.headers.get("authorization")
        request.state.actor = PUBLIC if written is None else await _known(request, written)
        request.state.spent = None


def _refusal(actor: Actor) -> DomainError:
    if actor.kind is ActorKind.PUBLIC:
        return Unauthenticated()
    return PasswordChangeRequired() if actor.must_change_password else NotAllowed()


def needs(permission: Permission) -> Any:
    """Open the operation to actors that hold this permission."""
    return Depends(Door(permission), scope="function")


anyone: Any = Depends(Door(None), scope="function")
"""Open the operation to the public; a credential that is sent must still be a valid one."""

token_door: Any = Depends(TokenDoor(), scope="function")
"""Only for the operations of OAuth 2.0 that take a credential in their form."""

toll_door: Any = Depends(TollDoor(), scope="function")
"""Only for what the public files; over the share, a proof of work takes the place of patience."""

ticket_door: Any = Depends(TicketDoor(), scope="function")
"""Only for what is opened by a ticket in the body."""
