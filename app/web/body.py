"""Bodies over the limit are refused as a problem, before they are read or while they arrive."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems

# Without either of them a request has no body (RFC 9112, 6.3).
_FRAMING: Final = (b"content-length", b"transfer-encoding")


class BodyLimit:
    """A plain ASGI middleware; the framework's own limit answers in plain text.

    The operations below `streaming` read their bodies piece by piece, up to a limit of their own.
    """

    def __init__(self, app: ASGIApp, limit: int, streaming: tuple[str, ...] = ()) -> None:
        self.app = app
        self.limit = limit
        self.streaming = streaming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        framing = [value for name, value in scope.get("headers", ()) if name in _FRAMING]
        if not framing or self._is_streaming(scope["path"]):
            await self.app(scope, receive, send)
        elif any(value.isdigit() and int(value) > self.limit for value in framing):
            answer = await problems.refuse_request(Request(scope), HTTPException(413))
            await answer(scope, receive, send)
        else:
            await self.app(scope, self._counting(receive), send)

    def _is_streaming(self, path: str) -> bool:
        return any(path == each or path.startswith(f"{each}/") for each in self.streaming)

    def _counting(self, receive: Receive) -> Receive:
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(413)
            return message

        return count
