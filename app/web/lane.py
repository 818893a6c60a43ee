"""A short way to the one operation that a whole country calls within the hour.

It stands before all layers, the framework's own too, takes only what it can answer in the plainest
way, and leaves all else (other media types, bodies in pieces or out of shape, credentials) to the
operation's own route, so that the answers are the same by construction. What is refused is raised
as the route raises it, and told by the same handler; `Front` tells of it as of every request.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeAlias, TypeVar

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.front import Front

T = TypeVar("T")

Read: TypeAlias = Callable[[bytes], T | None]
"""What a body asks for, or nothing where it is not in the plain shape."""

CarryOut: TypeAlias = Callable[[Request, T], Awaitable[tuple[int, bytes]]]
"""Does it; returns the status and the answer as JSON."""

SAMPLE: Final = 100
"""Of so many good answers one is told in the log; the figures count every one."""
_JSON: Final = b"application/json"
_ASKED: Final = "asked"
_SHORT: Final = 4
"""Digits of a length that no limit of bodies forbids."""


class Lane(Generic[T]):
    """Serves what is posted to `path` in the plain shape, and passes all else on."""

    def __init__(self, app: ASGIApp, path: str, read: Read[T], carry_out: CarryOut[T]) -> None:
        self.app = app
        self.path = path
        self.read = read
        self.carry_out = carry_out
        self.front = Front(self._serve)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self.path or not _is_plain(scope):
            await self.app(scope, receive, send)
            return
        message = await receive()
        asked = self._asked(message)
        if asked is None:
            await self.app(scope, _again(message, receive), send)
            return
        scope[_ASKED] = asked
        await self.front(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["operation"] = self.path
        scope["state"]["sample"] = SAMPLE
        request = Request(scope)
        try:
            await _answer(send, *await self.carry_out(request, scope[_ASKED]))
        except Exception as refusal:
            answer = await _refused(request, refusal)
            await answer(scope, receive, send)

    def _asked(self, message: Message) -> T | None:
        whole = message["type"] == "http.request" and not message.get("more_body")
        return self.read(message["body"]) if whole else None


class WithLane(FastAPI):
    """An application one of whose operations has a lane, before the layers of the framework: a
    twelfth of the work of such a request."""

    lane: Lane[Any] | None = None

    def open_lane(self, path: str, read: Read[T], carry_out: CarryOut[T]) -> None:
        self.lane = Lane(super().__call__, path, read, carry_out)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # As the framework does: handlers find by it what belongs to the application.
        scope["app"] = self
        await (self.lane or super().__call__)(scope, receive, send)


def _is_plain(scope: Scope) -> bool:
    """Whether a little JSON is sent by somebody without a credential, who wants nothing beside."""
    if scope["method"] != "POST" or scope["query_string"] or scope.get("root_path"):
        return False
    kind, length = b"", b""
    for name, value in scope["headers"]:
        if name == b"content-type":
            kind = value
        elif name == b"content-length":
            length = value
        elif name == b"authorization":
            return False
    return kind == _JSON and 0 < len(length) < _SHORT


async def _refused(request: Request, refusal: Exception) -> Response:
    """As the framework tells it; what it would not tell is a fault, and goes on."""
    handlers = request.app.exception_handlers
    known = (handlers.get(kind) for kind in type(refusal).__mro__ if kind is not Exception)
    tell = next(filter(None, known), None)
    if tell is None:
        raise refusal
    answer: Response = await tell(request, refusal)
    return answer


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
