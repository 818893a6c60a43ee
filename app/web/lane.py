"""A short way to the one operation that a whole country calls within the hour.

It stands between the index of routes and the framework's own route, takes only what it can answer
in the plainest way, and leaves all else (other media types, bodies in pieces or out of shape,
credentials) to that route, so that the answers are the same by construction. What is refused is
raised, as the route raises it.
"""

from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

T = TypeVar("T")

Read: TypeAlias = Callable[[bytes], T | None]
"""What a body asks for, or nothing where it is not in the plain shape."""

CarryOut: TypeAlias = Callable[[Request, T], Awaitable[tuple[int, bytes]]]
"""Does it; returns the status and the answer as JSON."""

SAMPLE: Final = 100
"""Of so many good answers one is told in the log; the figures count every one."""
_JSON: Final = b"application/json"


class Lane(Generic[T]):
    """Serves what is asked for in the plain shape, and passes all else on to `route`."""

    def __init__(self, route: ASGIApp, read: Read[T], carry_out: CarryOut[T]) -> None:
        self.route = route
        self.read = read
        self.carry_out = carry_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_plain(scope):
            await self.route(scope, receive, send)
            return
        message = await receive()
        asked = self._asked(message)
        if asked is None:
            await self.route(scope, _again(message, receive), send)
            return
        scope["state"]["sample"] = SAMPLE
        await _answer(send, *await self.carry_out(Request(scope), asked))

    def _asked(self, message: Message) -> T | None:
        whole = message["type"] == "http.request" and not message.get("more_body")
        return self.read(message["body"]) if whole else None


def _is_plain(scope: Scope) -> bool:
    """Whether JSON is sent by somebody without a credential, who wants nothing beside."""
    if scope["query_string"]:
        return False
    kind = b""
    for name, value in scope["headers"]:
        if name == b"content-type":
            kind = value
        elif name == b"authorization":
            return False
    return kind == _JSON


def _again(message: Message, receive: Receive) -> Receive:
    """Receive this message once more, and then what follows it."""
    first = [message]

    async def receive_again() -> Message:
        return first.pop() if first else await receive()

    return receive_again


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-length", str(len(body)).encode()), (b"content-type", _JSON)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
